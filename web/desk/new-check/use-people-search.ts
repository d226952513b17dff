import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { findPeople, type Person } from '../../api/help-desk.ts'
import { useRealm } from '../navigation/navigation.ts'

const debounceMs = 200

type SearchState = {
  /** Undefined before the first search. */
  people: readonly Person[] | undefined
  hasMore: boolean
  /** The text that `people` belongs to. */
  searchedText: string
  error: Error | null
  /** Whether the text has changed since the search, or its first answer is awaited. */
  isStale: boolean
}

/** Searches for people while the agent types. */
export function usePeopleSearch(text: string): SearchState {
  const realm = useRealm()
  const typed = text.trim()
  const [searchedText, setSearchedText] = useState(typed)
  useEffect(() => {
    const timer = setTimeout(() => setSearchedText(typed), debounceMs)
    return () => clearTimeout(timer)
  }, [typed])
  const isLongEnough = Array.from(searchedText).length >= 2
  const { data, error, isPending, isPlaceholderData } = useQuery({
    queryKey: ['people', realm, searchedText],
    queryFn: ({ signal }) => findPeople(realm, searchedText, signal),
    enabled: isLongEnough,
    placeholderData: keepPreviousData,
    // A found person may have pressed "this is not me" since, so results are never reused.
    gcTime: 0,
  })
  if (!isLongEnough)
    return { people: undefined, hasMore: false, searchedText: searchedText, error: null, isStale: true }
  const isOld = isPending || isPlaceholderData || searchedText !== typed
  return {
    people: data?.people,
    hasMore: data?.hasMore ?? false,
    searchedText: searchedText,
    error,
    isStale: isOld,
  }
}
