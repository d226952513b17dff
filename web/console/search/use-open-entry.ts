import { useNavigate } from '@tanstack/react-router'
import { signInUrl, signOutTo } from '../../api/own-session.ts'
import { saveScheme } from '../../design/colour-scheme.ts'
import { allNavigationItems } from '../layout/navigation-items.ts'
import { isPageAction, type OtherAction, pageActions, realmOf } from './actions.ts'
import type { Entry } from './search-entries.ts'

/** Opens the page of an entry, or does what it names. */
export function useOpenEntry(realm: string): (entry: Entry) => unknown {
  const navigate = useNavigate()
  const act = useAct(realm)
  const search = { realm }
  return ({ kind, id, journey = '' }) => {
    switch (kind) {
      case 'journey':
        return navigate({ to: '/journeys/$name', params: { name: id }, search })
      case 'node':
        return navigate({ to: '/journeys/$name', params: { name: journey }, search: { realm, node: id } })
      case 'customNode':
        return navigate({ to: '/custom-nodes/$id', params: { id }, search })
      case 'script':
        return navigate({ to: '/scripts/$id', params: { id }, search })
      case 'person':
        return navigate({ to: '/identities/$id', params: { id }, search })
      case 'setting':
        return navigate({ to: '/realm', search, hash: id })
      case 'action':
        return act(id)
      case 'place': {
        const place = allNavigationItems.find(({ to }) => to === id)
        return place === undefined ? undefined : navigate({ to: place.to, search })
      }
    }
  }
}

/** Does the action of an id. */
function useAct(realm: string): (id: string) => unknown {
  const navigate = useNavigate()
  const search = { realm }
  const others: Readonly<Record<OtherAction, () => unknown>> = {
    'new-script': () => navigate({ to: '/scripts/$id', params: { id: 'new' }, search }),
    'new-custom-node': () => navigate({ to: '/custom-nodes/$id', params: { id: 'new' }, search }),
    'appearance-light': () => saveScheme('light'),
    'appearance-dark': () => saveScheme('dark'),
    'appearance-auto': () => saveScheme('auto'),
    desk: () => location.assign(`/desk/?${new URLSearchParams({ realm })}`),
    async 'sign-out'() {
      await signOutTo(signInUrl('/', '/console/'), '/')
    },
  }
  return (id) => {
    const path = realmOf(id)
    if (path !== undefined) return navigate({ to: '/journeys', search: { realm: path } })
    if (isPageAction(id)) {
      const { to, act } = pageActions[id]
      return navigate({ to, search: { realm, act } })
    }
    return Object.entries(others).find(([name]) => name === id)?.[1]()
  }
}
