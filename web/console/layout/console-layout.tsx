import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Outlet, useMatchRoute, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { readSignedInUser, signInUrl, signOut } from '../../api/own-session.ts'
import { listRealms } from '../../api/realms.ts'
import { ApiError } from '../../api/request.ts'
import { EmptyState } from '../components/empty-state.tsx'
import { ErrorNotice } from '../components/error-notice.tsx'
import { PageSkeleton } from '../components/page-skeleton.tsx'
import { FreshSignInSheet } from './fresh-sign-in-sheet.tsx'
import { Navigation } from './navigation.tsx'
import { useConsoleSearch } from './use-console-search.ts'

/** The layout around all pages. The console needs a session of the root realm. */
export function ConsoleLayout() {
  const { realm } = useSearch({ from: '__root__' })
  const isSlim = useIsWorkbench()
  const access = useConsoleAccess()
  const search = useConsoleSearch()
  if (access.state === 'loading') return <LayoutSkeleton isSlim={isSlim} />
  if (access.state === 'forbidden') return <Forbidden />
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
      <div className="navigation" />
      <main>{!isSlim && <PageSkeleton />}</main>
    </div>
  )
}

type ConsoleAccess =
  | { state: 'loading' }
  | { state: 'forbidden' }
  | { state: 'ready'; ownRealm: string }
  | { state: 'failed'; error: Error; retry(): void }

/** Checked once, at start. Pages handle a session that ends later, so that unsaved work is kept. */
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
  if (realms.data !== undefined) return { state: 'ready', ownRealm: signedIn.data?.realm ?? '/' }
  const error = signedIn.error ?? realms.error
  if (error instanceof ApiError && (error.code === 401 || error.code === 403)) return { state: 'forbidden' }
  if (error !== null)
    return { state: 'failed', error, retry: () => (signedIn.error ? signedIn : realms).refetch() }
  return { state: 'loading' }
}

function Forbidden() {
  const switchUser = async () => {
    await signOut('/')
    location.assign(signInUrl('/', '/console/'))
  }
  return (
    <main>
      <h1 className="spoken">Console</h1>
      <EmptyState
        title="The console is for administrators"
        action={<Button onClick={switchUser}>Sign in as another user</Button>}
      >
        Your account has no administrator role. Help desk agents work at <a href="/desk/">/desk/</a>.
      </EmptyState>
    </main>
  )
}

/** Full-width pages, such as the editor, where the navigation shows only icons. */
function useIsWorkbench(): boolean {
  const matches = useMatchRoute()
  return ['/journeys/$name', '/runs/$id', '/custom-nodes/$id', '/scripts/$id'].some(
    (to) => matches({ to }) !== false,
  )
}
