import { useQuery } from '@tanstack/react-query'
import { listMissing } from '../../api/journey-exchange.ts'

/** Findings about what the realm needs and lacks. Not cached. */
export function useMissing(realm: string) {
  return useQuery({
    queryKey: ['missing', realm],
    queryFn: ({ signal }) => listMissing(realm, signal),
    staleTime: 0,
  })
}
