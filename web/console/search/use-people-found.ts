import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { findPeople } from '../../api/people.ts'
import { ApiError } from '../../api/request.ts'
import { personEntries } from './realm-entries.ts'
import type { Entry } from './search-entries.ts'

const typingPauseMs = 250
const minLetters = 2
const none: readonly Entry[] = []

type Found = { entries: readonly Entry[]; isReading: boolean; hasFailed: boolean }

/**
 * People of a realm whose name, address or number contains the words. The server searches once typing pauses. Each
 * query has its own result, so that a late answer to an older one is never shown.
 */
export function usePeopleFound(realm: string, text: string): Found {
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
