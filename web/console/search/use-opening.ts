import { useNavigate } from '@tanstack/react-router'
import { allNavigationItems } from '../layout/navigation-items.ts'
import type { Entry } from './search-entries.ts'

/** Goes to what was found. */
export function useOpenEntry(realm: string): (entry: Entry) => void {
  const navigate = useNavigate()
  return ({ kind, id }) => {
    const search = { realm }
    if (kind === 'journey') void navigate({ to: '/journeys/$name', params: { name: id }, search })
    else if (kind === 'customNode') void navigate({ to: '/custom-nodes/$id', params: { id }, search })
    else if (kind === 'script') void navigate({ to: '/scripts/$id', params: { id }, search })
    else {
      const place = allNavigationItems.find(({ to }) => to === id)
      if (place !== undefined) void navigate({ to: place.to, search })
    }
  }
}
