import { useQuery } from '@tanstack/react-query'
import { Suspense, useEffect, useRef } from 'react'
import { signInUrl } from '../../api/own-session.ts'
import { ApiError } from '../../api/request.ts'
import { ApprovalCall } from '../approvals/approval-list.tsx'
import { AwaitedApprovals } from '../approvals/awaited-approvals.tsx'
import { Notice } from '../components/notice.tsx'
import { useRealm, useRoute } from '../navigation/navigation.ts'
import { RoutePage } from '../navigation/pages.tsx'
import type { Route } from '../navigation/route.ts'
import { Toasts } from '../notifications/toasts.tsx'
import { UnreadRejections } from '../notifications/unread-rejections.tsx'
import { useNewsOfChecks } from '../notifications/use-news-of-checks.ts'
import { CheckList } from './check-list.tsx'
import { FreshSignInDialog } from './fresh-sign-in-dialog.tsx'
import { NoAccess } from './no-access.tsx'
import { helpDeskQuery } from './queries.ts'
import { SignedOutDialog } from './signed-out.tsx'
import { Tabs } from './tabs.tsx'
import { TopBar } from './top-bar.tsx'
import { useShortcuts } from './use-shortcuts.ts'

/** The frame of all pages: the top bar, the list of checks, and on phones the tabs. */
export function DeskLayout() {
  const realm = useRealm()
  const helpDesk = useQuery(helpDeskQuery(realm))
  const isSignedOut = helpDesk.error instanceof ApiError && helpDesk.error.code === 401
  useEffect(() => {
    if (isSignedOut) location.replace(signInUrl(realm, location.pathname + location.search))
  }, [isSignedOut, realm])
  if (helpDesk.data !== undefined) return <OpenDesk />
  if (helpDesk.error === null || isSignedOut) return null
  if (helpDesk.error instanceof ApiError && (helpDesk.error.code === 403 || helpDesk.error.code === 404))
    return <NoAccess realm={realm} realmExists={helpDesk.error.code === 403} />
  return (
    <main className="desk-door">
      <h1 className="spoken">Desk</h1>
      <Notice tone="bad" title="The desk could not be loaded." onRetry={() => helpDesk.refetch()}>
        The server cannot be reached. Check your connection.
      </Notice>
    </main>
  )
}

function OpenDesk() {
  const route = useRoute()
  const main = useFocusOnNavigation(route)
  useShortcuts()
  useNewsOfChecks(route)
  return (
    <div className={classOf(route)}>
      <TopBar />
      <Toasts />
      {!isWide(route) && <CheckList />}
      <main className="desk-work" ref={main} tabIndex={-1}>
        <UnreadRejections />
        <ApprovalCall />
        <Suspense>
          <RoutePage route={route} />
        </Suspense>
      </main>
      <Tabs />
      <AwaitedApprovals />
      <FreshSignInDialog />
      <SignedOutDialog />
    </div>
  )
}

function classOf(route: Route): string {
  if (isWide(route)) return 'desk wide'
  return route.page === 'checks' ? 'desk at-list' : 'desk'
}

/** The pages of leads are about all checks, so they take the place of the agent's own. */
function isWide({ page }: Route): boolean {
  return page === 'wall' || page === 'numbers'
}

/** Moves the focus to the new page, for people who use a screen reader or the keyboard. */
function useFocusOnNavigation(route: Route) {
  const main = useRef<HTMLElement>(null)
  const previous = useRef(route)
  useEffect(() => {
    if (previous.current === route) return
    previous.current = route
    main.current?.scrollTo(0, 0)
    // The new check page focuses its search field.
    if (route.page !== 'new') main.current?.focus({ preventScroll: true })
  }, [route])
  return main
}
