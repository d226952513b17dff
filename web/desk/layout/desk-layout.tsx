import { useQuery } from '@tanstack/react-query'
import { Suspense, useEffect, useRef } from 'react'
import { signInUrl } from '../../api/own-session.ts'
import { ApiError } from '../../api/request.ts'
import { Mark } from '../../design/mark.tsx'
import { t } from '../../translate/translate.ts'
import { AlarmNotices } from '../alarms/alarm-notices.tsx'
import { ApprovalCall } from '../approvals/approval-list.tsx'
import { AwaitedApprovals } from '../approvals/awaited-approvals.tsx'
import { Notice } from '../components/notice.tsx'
import { PageSkeleton } from '../components/skeleton.tsx'
import { useRealm, useRoute } from '../navigation/navigation.ts'
import { RoutePage } from '../navigation/pages.tsx'
import type { Route } from '../navigation/route.ts'
import { Toasts } from '../notifications/toasts.tsx'
import { UnreadRejections } from '../notifications/unread-rejections.tsx'
import { useNewsOfChecks } from '../notifications/use-news-of-checks.ts'
import { CheckList } from './check-list.tsx'
import { FreshSignInDialog } from './fresh-sign-in-dialog.tsx'
import { KeyList } from './key-list.tsx'
import { NoAccess } from './no-access.tsx'
import { OfflineNotice } from './offline-notice.tsx'
import { helpDeskQuery } from './queries.ts'
import { SignedOutDialog, useIsSignedOut } from './signed-out.tsx'
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
  if (helpDesk.error === null || isSignedOut) return <LoadingDesk />
  if (helpDesk.error instanceof ApiError && (helpDesk.error.code === 403 || helpDesk.error.code === 404))
    return <NoAccess realm={realm} realmExists={helpDesk.error.code === 403} />
  return (
    <main className="desk-door">
      <h1 className="spoken">{t('Desk')}</h1>
      <Notice tone="bad" title={t('The desk could not be loaded.')} onRetry={() => helpDesk.refetch()}>
        {t('The server cannot be reached. Check your connection.')}
      </Notice>
    </main>
  )
}

/** The frame before the desk is known, so that nothing moves when it is. */
function LoadingDesk() {
  return (
    <div className="desk">
      <header className="desk-top">
        <span className="brand">
          <Mark state={{ kind: 'live', place: 2 }} />
          <b>{t('Desk')}</b>
        </span>
      </header>
      <div className="check-list" />
      <main className="desk-work">
        <PageSkeleton title={t('Loading the desk')} />
      </main>
    </div>
  )
}

function OpenDesk() {
  const route = useRoute()
  const main = useFocusOnNavigation(route)
  useShortcuts()
  useNewsOfChecks(route)
  const isSignedOut = useIsSignedOut()
  return (
    <div className={isSignedOut ? `${classOf(route)} signed-out` : classOf(route)}>
      <TopBar />
      <Toasts />
      {!isWide(route) && <CheckList />}
      <main className="desk-work" ref={main} tabIndex={-1}>
        <AlarmNotices />
        <UnreadRejections />
        <ApprovalCall />
        <OfflineNotice />
        <Suspense fallback={<PageSkeleton title={t('Loading')} />}>
          <RoutePage route={route} />
        </Suspense>
      </main>
      <Tabs />
      <AwaitedApprovals />
      <FreshSignInDialog />
      <SignedOutDialog />
      <KeyList />
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
    if (route.page === 'new') return
    // The heading says where the agent is. A page that is still being loaded has none.
    const heading = main.current?.querySelector('h1')
    heading?.setAttribute('tabindex', '-1')
    const target = heading ?? main.current
    target?.focus({ preventScroll: true })
  }, [route])
  return main
}
