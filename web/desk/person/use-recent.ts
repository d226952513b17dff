import { useQuery } from '@tanstack/react-query'
import { type Recent, readRecent } from '../../api/recent.ts'
import { useRealm } from '../navigation/navigation.ts'

/**
 * The last 24 hours of a person, kept up to date: a report of an attack reaches everybody who looks at the person.
 * @param everyMs between two reads. Undefined until it has been read.
 */
export function useRecent(personId: string | undefined, everyMs: number): Recent | undefined {
  const realm = useRealm()
  const { data } = useQuery({
    queryKey: ['last-day', realm, personId],
    queryFn: ({ signal }) => readRecent(realm, personId ?? '', signal),
    enabled: personId !== undefined,
    refetchInterval: everyMs,
    staleTime: 0,
  })
  return data ?? undefined
}
