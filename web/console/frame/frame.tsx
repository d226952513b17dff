import { useQuery } from '@tanstack/react-query'
import { Outlet, useMatchRoute, useSearch } from '@tanstack/react-router'
import { signInPage, whoIsSignedIn } from '../../wire/session.ts'
import { Navigation } from './navigation.tsx'

/** The console around its pages. Administration needs a session of the root realm. */
export function Frame() {
  const { realm } = useSearch({ from: '__root__' })
  const isSlim = useHasWorkbench()
  const signedIn = useQuery({
    queryKey: ['signed-in'],
    queryFn: async () => (await whoIsSignedIn('/')) ?? null,
  })
  if (signedIn.isPending) return null
  if (signedIn.data === null) {
    location.replace(signInPage('/', location.pathname + location.search))
    return null
  }
  return (
    <div className={isSlim ? 'frame slim' : 'frame'}>
      <Navigation realm={realm} isSlim={isSlim} />
      <main className="page">
        <Outlet />
      </main>
    </div>
  )
}

/** The editor and the wizard need the room: there the navigation shows its icons alone. */
function useHasWorkbench(): boolean {
  const matches = useMatchRoute()
  return ['/journeys/$name', '/runs/$id', '/custom-nodes/$id', '/scripts/$id'].some(
    (to) => matches({ to }) !== false,
  )
}
