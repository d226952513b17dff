import { useQuery } from '@tanstack/react-query'
import { Outlet, useMatchRoute, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { readSignedInUser, signInUrl } from '../../api/own-session.ts'
import { listRealms } from '../../api/realms.ts'
import { ApiError } from '../../api/request.ts'
import { ErrorNotice } from '../components/error-notice.tsx'
import { PageSkeleton } from '../components/page-skeleton.tsx'
import { useOwnRights } from '../components/use-own-rights.ts'
import { FreshSignInSheet } from './fresh-sign-in-sheet.tsx'
import { Navigation } from './navigation.tsx'
import { AgentsPlace, NoConsole } from './no-console.tsx'
import { useConsoleSearch } from './use-console-search.ts'

/** The layout around all pages. The console needs a session of the root realm. */
export function ConsoleLayout() {
  const { realm } = useSearch({ from: '__root__' })
  const isSlim = useIsWorkbench()
  const access = useConsoleAccess()
  const search = useConsoleSearch()
  if (access.state === 'loading') return <LayoutSkeleton isSlim={isSlim} />
  if (access.state === 'forbidden') return <NoConsole />
  if (access.state === 'agent') return <AgentsPlace realm={access.ownRealm} />
  if (access.state === 'failed') {
    return (
      <main>
        <ErrorNotice title="The console could not start" error={access.error} onRetry={access.retry} />
      </main>
    )
  }
  return (
    <div className={isSlim ? 'frame slim' : 'frame'}>
      <Navigation realm={realm} isSlim={isSlim} onSearch={search.open} />
      <main>
        <Outlet />
      </main>
      <FreshSignInSheet realm={access.ownRealm} />
      {search.Box !== undefined && <search.Box realm={realm} onClose={search.close} />}
    </div>
  )
}

function LayoutSkeleton({ isSlim }: { isSlim: boolean }) {
  return (
    <div className={isSlim ? 'frame slim' : 'frame'}>
      <div className="navigation flex gap-2px" />
      <main>{!isSlim && <PageSkeleton />}</main>
    </div>
  )
}

type ConsoleAccess =
  | { state: 'loading' }
  | { state: 'forbidden' }
  | { state: 'agent'; ownRealm: string }
  | { state: 'ready'; ownRealm: string }
  | { state: 'failed'; error: Error; retry(): void }

/** What agents may do, none of it here. */
const ofAgents = new Set(['helpdesk', 'staff'])

/** Checked once, at start. Pages handle a session that ends later, so that unsaved work is kept. */
function useConsoleAccess(): ConsoleAccess {
  const signedIn = useQuery({
    queryKey: ['signed-in'],
    queryFn: async () => (await readSignedInUser('/')) ?? null,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const realms = useQuery({ queryKey: ['realms'], queryFn: listRealms, enabled: Boolean(signedIn.data) })
  const ownRealm = signedIn.data?.realm ?? '/'
  const rights = useOwnRights(ownRealm, Boolean(signedIn.data))
  const isSignedOut = signedIn.data === null
  useEffect(() => {
    if (isSignedOut) location.replace(signInUrl('/', location.pathname + location.search))
  }, [isSignedOut])
  if (rights.data?.every((right) => ofAgents.has(right))) return { state: 'agent', ownRealm }
  if (realms.data !== undefined && rights.data !== undefined) return { state: 'ready', ownRealm }
  const error = signedIn.error ?? realms.error ?? rights.error
  if (error instanceof ApiError && (error.code === 401 || error.code === 403)) return { state: 'forbidden' }
  if (error !== null)
    return {
      state: 'failed',
      error,
      retry: () => [signedIn, realms, rights].find((query) => query.error)?.refetch(),
    }
  return { state: 'loading' }
}

/** Full-width pages, such as the editor, where the navigation shows only icons. */
function useIsWorkbench(): boolean {
  const matches = useMatchRoute()
  return ['/journeys/$name', '/runs/$id', '/custom-nodes/$id', '/scripts/$id'].some(
    (to) => matches({ to }) !== false,
  )
}
