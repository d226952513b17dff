import './search.css'
import { Kbd, Modal, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useId, useMemo, useState } from 'react'
import { findPeople } from '../../api/people.ts'
import { ApiError } from '../../api/request.ts'
import { useIsPhone } from '../components/use-is-phone.ts'
import { useReturnFocus } from '../components/use-return-focus.ts'
import { personEntries } from './realm-entries.ts'
import { ResultGroup } from './result-group.tsx'
import { type Entry, type Group, keyOf, searchEntries } from './search-entries.ts'
import { useEntries } from './use-entries.ts'
import { useOpenEntry } from './use-open-entry.ts'

/** Finds what a realm has, settings, pages and actions, from anywhere in the console. */
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
  // Chosen with the arrow keys: stays chosen when results arrive above it.
  const [chosen, setChosen] = useState<string>()
  const { groups, state } = useResults(realm, text)
  const all = groups.flatMap(({ entries }) => entries)
  const at = Math.max(
    0,
    all.findIndex((entry) => keyOf(entry) === chosen),
  )
  const active = all[at]
  const open = useOpenEntry(realm)
  const choose = (entry: Entry) => {
    onClose()
    void open(entry)
  }
  const press = (event: KeyboardEvent) => {
    // Input methods use Enter and the arrow keys to choose characters.
    if (event.nativeEvent.isComposing) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const next = step === undefined ? undefined : all[(at + step + all.length) % all.length]
    if (next !== undefined) setChosen(keyOf(next))
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
        placeholder="Find journeys, nodes, people, settings or actions"
        leftSection={<IconSearch size={18} stroke={1.75} aria-hidden />}
        dir="auto"
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={active === undefined ? undefined : `${listId}-${at}`}
        value={text}
        onChange={({ currentTarget }) => {
          setText(currentTarget.value)
          setChosen(undefined)
        }}
        onKeyDown={press}
      />
      <Groups groups={groups} listId={listId} active={active} onChoose={choose} />
      <p className="state" role="status">
        {state}
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
    <footer className="fine" aria-hidden>
      <Kbd size="xs">↑</Kbd> <Kbd size="xs">↓</Kbd> choose <Kbd size="xs">Enter</Kbd> open{' '}
      <Kbd size="xs">Esc</Kbd> close
    </footer>
  )
}

/** What matches, and a sentence about what is still being searched. */
function useResults(realm: string, text: string): { groups: Group[]; state: string } {
  const { entries, reading, missing } = useEntries(realm)
  const people = usePeopleFound(realm, text)
  const groups = useMemo(
    () => searchEntries([...entries, ...people.entries], text),
    [entries, people.entries, text],
  )
  const searched = [...reading, ...(people.isReading ? ['people'] : [])]
  const unread = [...missing, ...(people.hasFailed ? ['People'] : [])]
  return {
    groups,
    state: [
      ...(searched.length > 0 ? [`Searching ${searched.join(', ')}…`] : []),
      ...(searched.length === 0 && groups.length === 0 ? [`No matches for “${text.trim()}”.`] : []),
      ...(unread.length > 0 ? [`${unread.join(', ')} could not be read.`] : []),
    ].join(' '),
  }
}

const typingPauseMs = 250
const minLetters = 2
const none: readonly Entry[] = []

type Found = { entries: readonly Entry[]; isReading: boolean; hasFailed: boolean }

/**
 * People of a realm whose name, address or number contains the words. The server searches once typing pauses. Each
 * query has its own result, so that a late answer to an older one is never shown.
 */
function usePeopleFound(realm: string, text: string): Found {
  const typed = text.trim()
  const [query] = useDebouncedValue(typed, typingPauseMs)
  const isSearched = (searched: string) => [...searched].length >= minLetters
  const isTyping = query !== typed
  const { data, error, isLoading } = useQuery({
    queryKey: ['people-found', realm, query],
    queryFn: ({ signal }) => findPeople(realm, query, signal),
    enabled: isSearched(query) && !isTyping,
  })
  const entries = useMemo(() => personEntries(data ?? []), [data])
  if (!isSearched(typed)) return { entries: none, isReading: false, hasFailed: false }
  if (isTyping) return { entries: none, isReading: true, hasFailed: false }
  return {
    entries,
    isReading: isLoading,
    // Administrators without the right to read people find none.
    hasFailed: data === undefined && error !== null && !(error instanceof ApiError && error.code === 403),
  }
}
