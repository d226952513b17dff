import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { findPeople, type Person } from '../../api/help-desk.ts'
import { useRealm } from '../navigation/navigation.ts'

/** Milliseconds without a key before the server is asked. */
const calm = 200

type Found = {
  /** Undefined until something was searched for. */
  people: readonly Person[] | undefined
  hasMore: boolean
  /** What the people were searched by. */
  wanted: string
  error: Error | null
  /** Whether something else has been typed since. */
  isOld: boolean
}

/** Who is found by what is being typed. */
export function usePeople(text: string): Found {
  const realm = useRealm()
  const typed = text.trim()
  const [wanted, setWanted] = useState(typed)
  useEffect(() => {
    const timer = setTimeout(() => setWanted(typed), calm)
    return () => clearTimeout(timer)
  }, [typed])
  const isEnough = Array.from(wanted).length >= 2
  const { data, error, isPlaceholderData } = useQuery({
    queryKey: ['people', realm, wanted],
    queryFn: ({ signal }) => findPeople(realm, wanted, signal),
    enabled: isEnough,
    placeholderData: keepPreviousData,
    // Whom an earlier search found may have said since that it was not them: what it knew is not shown again.
    gcTime: 0,
  })
  if (!isEnough) return { people: undefined, hasMore: false, wanted, error: null, isOld: true }
  const isOld = isPlaceholderData || wanted !== typed
  return { people: data?.people, hasMore: data?.hasMore ?? false, wanted, error, isOld }
}
