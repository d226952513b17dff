import { useEffect, useRef } from 'react'
import { findPeople, type Person } from '../../api/help-desk.ts'
import { useRealm } from '../navigation/navigation.ts'
import type { Route } from '../navigation/route.ts'

/** Finds the person of a check that is repeated. Without a result, the form keeps the text of the search. */
export function usePrefilledPerson(
  { q, person }: Extract<Route, { page: 'new' }>,
  onFound: (person: Person) => void,
): void {
  const realm = useRealm()
  const latest = useRef(onFound)
  latest.current = onFound
  useEffect(() => {
    if (q === undefined || person === undefined) return
    const abort = new AbortController()
    findPeople(realm, q, abort.signal).then(
      ({ people }) => {
        const found = people.find(({ _id }) => _id === person)
        if (found !== undefined && !abort.signal.aborted) latest.current(found)
      },
      // The search field repeats the search, and shows its error.
      () => {},
    )
    return () => abort.abort()
  }, [realm, q, person])
}
