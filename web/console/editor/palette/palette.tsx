import './palette.css'
import { Kbd, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, useId, useRef, useState } from 'react'
import type { NodeType } from '../../../api/node-types.ts'
import { useEditor, useEditorStore } from '../editor-context.tsx'
import { groupTypes, type TypeGroup as TypeGroupOf } from '../model/type-search.ts'
import { TypeCard } from './type-card.tsx'
import { TypeGroup, type TypeGroupProps } from './type-group.tsx'
import { useCard } from './use-card.ts'

/** All node types. Drag one onto the canvas, or press Enter to add it after the selected node. */
export function Palette() {
  const palette = useRef<HTMLElement>(null)
  const { card, ...cards } = useCard(palette)
  const { text, search, add, press, list, listId, groups, types, active } = useTypes({ card, ...cards })
  const helpId = `${listId}-help`
  return (
    <section
      className="palette"
      aria-label="Nodes"
      ref={palette}
      onBlur={({ relatedTarget }) => palette.current?.contains(relatedTarget) || cards.hideLater()}
      onKeyDown={cards.closeOnEscape}
    >
      <TextInput
        className="find"
        data-palette-find
        aria-label="Find a node"
        placeholder="Find a node"
        leftSection={<IconSearch size={16} stroke={1.75} aria-hidden />}
        rightSection={<Kbd size="xs">/</Kbd>}
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={active === undefined ? undefined : `${listId}-${types.indexOf(active)}`}
        value={text}
        onChange={({ currentTarget }) => search(currentTarget.value)}
        onKeyDown={press}
      />
      <div className="types" id={listId} role="listbox" aria-label="Node types" ref={list} tabIndex={-1}>
        <Groups
          groups={groups}
          listId={listId}
          active={active}
          describedBy={card !== undefined && card.type === active ? helpId : undefined}
          onAdd={(type) => add(type, false)}
          onRest={cards.showLater}
          onShow={cards.show}
          onLeave={cards.hideLater}
          onPress={cards.hide}
        />
        {types.length === 0 && <p className="none note">No node type matches “{text}”.</p>}
      </div>
      {card !== undefined && (
        <TypeCard card={card} helpId={helpId} onEnter={cards.keep} onLeave={cards.hideLater} />
      )}
      <Hint />
    </section>
  )
}

function Hint() {
  return (
    <footer className="fine">
      Drag, or press <Kbd size="xs">Enter</Kbd> to add
    </footer>
  )
}

/** The shown types, and what keys and clicks do with them. */
function useTypes({ card, show, hide }: Pick<ReturnType<typeof useCard>, 'card' | 'show' | 'hide'>) {
  const store = useEditorStore()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const catalogue = useEditor(({ catalogue }) => catalogue)
  const recent = useEditor(({ recentTypes }) => recentTypes)
  const list = useRef<HTMLDivElement>(null)
  const listId = useId()
  const groups = groupTypes(catalogue, text, recent)
  const types = groups.flatMap(({ types }) => types)
  const active = types[Math.min(at, types.length - 1)]

  const search = (next: string) => {
    setText(next)
    setAt(0)
    hide()
  }
  const add = (type: NodeType, onPage: boolean) => {
    const { selection, nodeViews, add } = store.getState()
    const page = selection.at(-1)
    const isPage = page !== undefined && nodeViews.get(page)?.children !== undefined
    add(
      type,
      onPage && isPage && catalogue.fitsOnPage(type.type) ? { kind: 'page', pageId: page } : undefined,
    )
    search('')
    revealSelected(store)
  }
  const go = (next: number) => {
    setAt(next)
    const row = list.current?.querySelectorAll('[role=option]')[next]
    row?.scrollIntoView({ block: 'nearest' })
    const type = types[next]
    if (type !== undefined) show(type, row)
  }
  const press = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) go(Math.min(Math.max(at + step, 0), types.length - 1))
    else if (event.key === 'Enter' && active !== undefined) add(active, event.shiftKey)
    else if (event.key === 'Escape' && card !== undefined) hide()
    else if (event.key === 'Escape') {
      setText('')
      store.getState().canvasControl?.focus()
    } else if (event.key !== '/') return
    event.preventDefault()
    event.stopPropagation()
  }
  return { text, search, add, press, list, listId, groups, types, active }
}

type GroupsProps = Omit<TypeGroupProps, 'title' | 'types' | 'first'> & { groups: readonly TypeGroupOf[] }

function Groups({ groups, ...rest }: GroupsProps) {
  return groups.map((group, place) => (
    <TypeGroup
      key={group.title}
      {...group}
      {...rest}
      first={groups.slice(0, place).reduce((sum, { types }) => sum + types.length, 0)}
    />
  ))
}

function revealSelected(store: ReturnType<typeof useEditorStore>): void {
  const { selection, canvasControl } = store.getState()
  const chosen = selection.at(-1)
  if (chosen !== undefined) canvasControl?.reveal(chosen)
}
