import { useQuery } from '@tanstack/react-query'
import { listMissing } from '../../api/journey-exchange.ts'

/** Findings about what the realm needs and lacks. They are read anew each time. */
export function useMissing(realm: string) {
  return useQuery({
    queryKey: ['missing', realm],
    queryFn: ({ signal }) => listMissing(realm, signal),
    staleTime: 0,
  })
}
