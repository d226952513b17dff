import { useNavigate } from '@tanstack/react-router'
import { allNavigationItems } from '../layout/navigation-items.ts'
import './search.css'
import { Kbd, Modal, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, useId, useState } from 'react'
import { useIsPhone } from '../components/use-is-phone.ts'
import { useReturnFocus } from '../components/use-return-focus.ts'
import { ResultGroup } from './result-group.tsx'
import { type Entry, type Group, searchEntries } from './search-entries.ts'
import { useEntries } from './use-entries.ts'

/** Finds journeys, custom nodes, scripts and pages from anywhere in the console. */
export function Search({ realm, onClose }: { realm: string; onClose(): void }) {
  const isPhone = useIsPhone()
  useReturnFocus()
  return (
    <Modal.Root
      opened
      onClose={onClose}
      centered={false}
      size={600}
      yOffset={isPhone ? 8 : '12vh'}
      padding={0}
    >
      <Modal.Overlay />
      <Modal.Content className="search-box" aria-label="Search">
        <Modal.Body>
          <Box realm={realm} onClose={onClose} />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}

function Box({ realm, onClose }: { realm: string; onClose(): void }) {
  const listId = useId()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const { entries, isReading, missing } = useEntries(realm)
  const groups = searchEntries(entries, text)
  const all = groups.flatMap(({ entries }) => entries)
  const active = all[Math.min(at, all.length - 1)]
  const open = useOpenEntry(realm)
  const choose = (entry: Entry) => {
    onClose()
    open(entry)
  }
  const press = (event: KeyboardEvent) => {
    // Input methods use Enter and the arrow keys to choose characters.
    if (event.nativeEvent.isComposing) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined && all.length > 0)
      setAt((Math.min(at, all.length - 1) + step + all.length) % all.length)
    else if (event.key === 'Enter' && active !== undefined) choose(active)
    else return
    event.preventDefault()
  }
  return (
    <>
      <TextInput
        data-autofocus
        size="lg"
        variant="unstyled"
        aria-label="Search the console"
        placeholder="Find a journey, custom node, script or page"
        leftSection={<IconSearch size={18} stroke={1.75} aria-hidden />}
        dir="auto"
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={active === undefined ? undefined : `${listId}-${all.indexOf(active)}`}
        value={text}
        onChange={({ currentTarget }) => {
          setText(currentTarget.value)
          setAt(0)
        }}
        onKeyDown={press}
      />
      <Groups groups={groups} listId={listId} active={active} onChoose={choose} />
      <p className="state" role="status">
        {stateOf({ count: all.length, text, isReading, missing })}
      </p>
      {!useIsPhone() && <Keys />}
    </>
  )
}

type Listed = {
  groups: readonly Group[]
  listId: string
  active: Entry | undefined
  onChoose(entry: Entry): void
}

function Groups({ groups, listId, ...rest }: Listed) {
  return (
    <div className="found" id={listId} role="listbox" aria-label="Results">
      {groups.map((group, place) => (
        <ResultGroup
          key={group.kind}
          {...group}
          {...rest}
          listId={listId}
          first={groups.slice(0, place).reduce((sum, { entries }) => sum + entries.length, 0)}
        />
      ))}
    </div>
  )
}

function Keys() {
  return (
    <footer aria-hidden>
      <Kbd size="xs">↑</Kbd> <Kbd size="xs">↓</Kbd> choose <Kbd size="xs">Enter</Kbd> open{' '}
      <Kbd size="xs">Esc</Kbd> close
    </footer>
  )
}

type State = { count: number; text: string; isReading: boolean; missing: readonly string[] }

function stateOf({ count, text, isReading, missing }: State): string {
  const parts = [
    ...(isReading ? ['Loading…'] : []),
    ...(!isReading && count === 0 ? [`No matches for “${text.trim()}”.`] : []),
    ...(missing.length > 0 ? [`${missing.join(', ')} could not be read.`] : []),
  ]
  return parts.join(' ')
}

/** Opens the page of an entry. */
function useOpenEntry(realm: string): (entry: Entry) => void {
  const navigate = useNavigate()
  return ({ kind, id }) => {
    const search = { realm }
    if (kind === 'journey') void navigate({ to: '/journeys/$name', params: { name: id }, search })
    else if (kind === 'customNode') void navigate({ to: '/custom-nodes/$id', params: { id }, search })
    else if (kind === 'script') void navigate({ to: '/scripts/$id', params: { id }, search })
    else {
      const place = allNavigationItems.find(({ to }) => to === id)
      if (place !== undefined) void navigate({ to: place.to, search })
    }
  }
}
