import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Outlet, useMatchRoute, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { readSignedInUser, signInUrl, signOut } from '../../api/own-session.ts'
import { listRealms } from '../../api/realms.ts'
import { ApiError } from '../../api/request.ts'
import { EmptyState } from '../components/empty-state.tsx'
import { ErrorNotice } from '../components/error-notice.tsx'
import { FreshSignInSheet } from './fresh-sign-in-sheet.tsx'
import { Navigation } from './navigation.tsx'
import { useConsoleSearch } from './use-console-search.ts'

/** The console around its pages. Administration needs a session of the root realm. */
export function ConsoleLayout() {
  const { realm } = useSearch({ from: '__root__' })
  const isSlim = useIsWorkbench()
  const access = useConsoleAccess()
  const search = useConsoleSearch()
  if (access.state === 'opening') return null
  if (access.state === 'closed') return <Forbidden />
  if (access.state === 'broken') {
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
      <FreshSignInSheet realm={access.home} />
      {search.Box !== undefined && <search.Box realm={realm} onClose={search.close} />}
    </div>
  )
}

type ConsoleAccess =
  | { state: 'opening' }
  | { state: 'closed' }
  | { state: 'open'; home: string }
  | { state: 'broken'; error: Error; retry(): void }

/** Asked once, when the console is opened. A session that ends later is each page's business: work must not be lost. */
function useConsoleAccess(): ConsoleAccess {
  const signedIn = useQuery({
    queryKey: ['signed-in'],
    queryFn: async () => (await readSignedInUser('/')) ?? null,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const realms = useQuery({ queryKey: ['realms'], queryFn: listRealms, enabled: Boolean(signedIn.data) })
  const isSignedOut = signedIn.data === null
  useEffect(() => {
    if (isSignedOut) location.replace(signInUrl('/', location.pathname + location.search))
  }, [isSignedOut])
  if (realms.data !== undefined) return { state: 'open', home: signedIn.data?.realm ?? '/' }
  const error = signedIn.error ?? realms.error
  if (error instanceof ApiError && (error.code === 401 || error.code === 403)) return { state: 'closed' }
  if (error !== null)
    return { state: 'broken', error, retry: () => (signedIn.error ? signedIn : realms).refetch() }
  return { state: 'opening' }
}

function Forbidden() {
  const change = async () => {
    await signOut('/')
    location.assign(signInUrl('/', '/console/'))
  }
  return (
    <main>
      <h1 className="spoken">Console</h1>
      <EmptyState
        title="The console is for administrators"
        action={<Button onClick={change}>Sign in as somebody else</Button>}
      >
        You are signed in as somebody who does not administer this server.
      </EmptyState>
    </main>
  )
}

/** The editor and the wizard need the room: there the navigation shows its icons alone. */
function useIsWorkbench(): boolean {
  const matches = useMatchRoute()
  return ['/journeys/$name', '/runs/$id', '/custom-nodes/$id', '/scripts/$id'].some(
    (to) => matches({ to }) !== false,
  )
}
