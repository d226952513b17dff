import './palette.css'
import { Kbd, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, useId, useRef, useState } from 'react'
import type { NodeType } from '../../../api/node-types.ts'
import { useEditor, useEditorStore } from '../editor-context.tsx'
import { isAllowedOnPage } from '../model/add-node.ts'
import { groupTypes, type TypeGroup as TypeGroupOf } from '../model/type-search.ts'
import { TypeGroup } from './type-group.tsx'

/** All node types. Drag one onto the canvas, or press Enter to add it after the selected node. */
export function Palette() {
  const store = useEditorStore()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const catalogue = useEditor(({ catalogue }) => catalogue)
  const recent = useEditor(({ recentTypes }) => recentTypes)
  const listId = useId()
  const list = useRef<HTMLDivElement>(null)
  const groups = groupTypes(catalogue, text, recent)
  const types = groups.flatMap(({ types }) => types)
  const active = types[Math.min(at, types.length - 1)]

  const add = (type: NodeType, onPage: boolean) => {
    const { selection, nodeViews, add } = store.getState()
    const page = selection.at(-1)
    const isPage = page !== undefined && nodeViews.get(page)?.children !== undefined
    add(type, onPage && isPage && isAllowedOnPage(type.type) ? { kind: 'page', pageId: page } : undefined)
    setText('')
    setAt(0)
    revealSelected(store)
  }
  const press = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) {
      const next = Math.min(Math.max(at + step, 0), types.length - 1)
      setAt(next)
      list.current?.querySelectorAll('[role=option]')[next]?.scrollIntoView({ block: 'nearest' })
    } else if (event.key === 'Enter' && active !== undefined) add(active, event.shiftKey)
    else if (event.key === 'Escape') {
      setText('')
      store.getState().canvasControl?.focus()
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <section className="palette" aria-label="Nodes">
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
        onChange={(event) => {
          setText(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={press}
      />
      <div className="types" id={listId} role="listbox" aria-label="Node types" ref={list} tabIndex={-1}>
        <Groups groups={groups} listId={listId} active={active} onAdd={(type) => add(type, false)} />
        {types.length === 0 && <p className="none">No node type matches “{text}”.</p>}
      </div>
      <footer>
        Drag, or press <Kbd size="xs">Enter</Kbd> to add
      </footer>
    </section>
  )
}

type GroupsProps = {
  groups: readonly TypeGroupOf[]
  listId: string
  active: NodeType | undefined
  onAdd(type: NodeType): void
}

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
