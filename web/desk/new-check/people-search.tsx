import './people-search.css'
import { IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useId, useState } from 'react'
import type { Person } from '../../api/help-desk.ts'
import { ApiError, OfflineError } from '../../api/request.ts'
import { t } from '../../translate/translate.ts'
import { PersonRow } from './person-row.tsx'
import { usePeopleSearch } from './use-people-search.ts'

type SearchProps = { initialText: string; onChoose(person: Person): void }

/** Finds the caller. A combobox with keyboard and pointer selection. */
export function PeopleSearch({ initialText, onChoose }: SearchProps) {
  const [text, setText] = useState(initialText)
  const { people, hasMore, searchedText, error, isStale } = usePeopleSearch(text)
  const [at, setAt] = useState(0)
  const waitForHit = useAwaitedHit({ people, isStale, text, onChoose })
  const id = useId()
  const count = people?.length ?? 0
  const current = Math.min(at, count - 1)
  const optionId = (index: number) => `${id}-${index}`
  const press = (event: KeyboardEvent) => {
    const next = nextOption(event.key, current, count)
    if (next === undefined) return
    event.preventDefault()
    setAt(next)
    if (event.key !== 'Enter') return
    const person = isStale ? undefined : people?.[next]
    if (person !== undefined) onChoose(person)
    else if (isStale) waitForHit()
  }
  return (
    <div className="people-search" data-part="caller">
      <label className="question block below-2 text-read strong" htmlFor={id}>
        {t('Who is calling?')}
      </label>
      <SearchField
        id={id}
        text={text}
        active={count > 0 ? optionId(current) : undefined}
        onType={(typed) => {
          setText(typed)
          setAt(0)
        }}
        onKeyDown={press}
      />
      <div
        id={`${id}-list`}
        className="found panel above-2"
        role="listbox"
        aria-label={t('People found')}
        hidden={count === 0}
      >
        {people?.map((person, index) => (
          <PersonRow
            key={person._id}
            id={optionId(index)}
            person={person}
            searchedText={searchedText}
            isSelected={index === current}
            onPoint={() => setAt(index)}
            onChoose={() => onChoose(person)}
          />
        ))}
      </div>
      <p className="hint note" id={`${id}-hint`} role="status">
        {searchHint({ error, count, hasMore, hasAnswer: people !== undefined, searchedText })}
      </p>
    </div>
  )
}

type Awaiting = {
  people: readonly Person[] | undefined
  isStale: boolean
  text: string
  onChoose(person: Person): void
}

/** For Enter while a search is running: chooses the only hit when it arrives. With several, the agent has to choose. */
function useAwaitedHit({ people, isStale, text, onChoose }: Awaiting): () => void {
  const [awaitedText, setAwaitedText] = useState<string>()
  useEffect(() => {
    if (awaitedText === undefined || (isStale && awaitedText === text)) return
    setAwaitedText(undefined)
    const [only, ...others] = people ?? []
    if (awaitedText === text && only !== undefined && others.length === 0) onChoose(only)
  }, [awaitedText, isStale, text, people, onChoose])
  return () => setAwaitedText(text)
}

type FieldProps = {
  id: string
  text: string
  /** Id of the option that Enter selects. */
  active: string | undefined
  onType(text: string): void
  onKeyDown(event: KeyboardEvent): void
}

function SearchField({ id, text, active, onType, onKeyDown }: FieldProps) {
  return (
    <div className="field">
      <IconSearch size={18} stroke={1.75} aria-hidden />
      <input
        id={id}
        // biome-ignore lint/a11y/noAutofocus: the page has one purpose, and this is its first question
        autoFocus
        role="combobox"
        aria-expanded={active !== undefined}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-describedby={`${id}-hint`}
        aria-activedescendant={active}
        autoComplete="off"
        spellCheck={false}
        maxLength={64}
        value={text}
        onChange={(event) => onType(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
    </div>
  )
}

/** @returns the index of the option after a key press; undefined if the key does not belong to the list. */
function nextOption(key: string, current: number, count: number): number | undefined {
  if (key === 'Enter') return current
  const step = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0
  return step === 0 || count === 0 ? undefined : (current + step + count) % count
}

type HintInput = {
  error: Error | null
  count: number
  hasMore: boolean
  hasAnswer: boolean
  searchedText: string
}

function searchHint({ error, count, hasMore, hasAnswer, searchedText }: HintInput): string {
  if (error instanceof OfflineError) return t('The server cannot be reached. Type again to retry.')
  if (error instanceof ApiError && error.code === 429)
    return t('You have searched very often. Wait a few minutes, then type again.')
  if (error !== null) return t('The search failed. Type again to retry.')
  if (!hasAnswer) return t('Search by name, email or phone number. You only see what your role allows.')
  if (count === 0)
    return t('Nobody found for “{text}”. Try only the surname, the email address or the phone number.', {
      text: searchedText,
    })
  if (hasMore) return t('There are more results. Type more of the name.')
  return t('{count} people found.', { count })
}
