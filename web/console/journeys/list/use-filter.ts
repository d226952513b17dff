import { getRouteApi } from '@tanstack/react-router'
import type { Filter } from './filter.ts'

const route = getRouteApi('/journeys')

/** What is shown, as the address has it: coming back from a journey, the list is as it was. */
export function useFilter(): [Filter, (part: Filter) => void] {
  const filter = route.useSearch()
  const navigate = route.useNavigate()
  return [filter, (part) => navigate({ search: (old) => ({ ...old, ...part }), replace: true })]
}
