import { useQuery } from '@tanstack/react-query'
import { listMissing } from '../../api/journey-exchange.ts'

/** Whether a thing of a kind can't be used before it gets a secret. */
export function useLacksSecret(realm: string, kind: string): (id: string) => boolean {
  const { data = [] } = useQuery({
    queryKey: ['missing', realm, 'secrets'],
    queryFn: ({ signal }) => listMissing(realm, { only: 'secrets', signal }),
    staleTime: 0,
  })
  return (id) => data.some(({ about }) => about?.kind === kind && about.id === id)
}

/** Findings about what the realm needs and lacks. Not cached. */
export function useMissing(realm: string) {
  return useQuery({
    queryKey: ['missing', realm],
    queryFn: ({ signal }) => listMissing(realm, { signal }),
    staleTime: 0,
  })
}
