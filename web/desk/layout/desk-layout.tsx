import { Button, Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Suspense, useEffect, useRef } from 'react'
import { signInUrl, signOutTo } from '../../api/own-session.ts'
import { ApiError } from '../../api/request.ts'
import { Mark } from '../../design/mark.tsx'
import { t } from '../../translate/translate.ts'
import { AlarmNotices } from '../alarms/alarm-notices.tsx'
import { ApprovalCall } from '../approvals/approval-list.tsx'
import { AwaitedApprovals } from '../approvals/awaited-approvals.tsx'
import { useLiveChecks } from '../checks/live-checks.ts'
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
import { OfflineNotice } from './offline-notice.tsx'
import { helpDeskQuery, useHelpDesk, useRecentChecks } from './queries.ts'
import { TopBar } from './top-bar.tsx'
import { useShortcuts } from './use-shortcuts.ts'
import './tabs.css'
import { IconHistory, IconLayoutDashboard, IconList, IconPlus } from '@tabler/icons-react'
import { Link } from '../navigation/link.tsx'

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
      <header className="desk-top row gap-4">
        <span className="brand row shrink inked">
          <Mark state={{ kind: 'live', place: 2 }} />
          <b className="heading-2">{t('Desk')}</b>
        </span>
      </header>
      <div className="check-list flex gap-5" />
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

/** Shown to people who are not agents, and for unknown realms. */
function NoAccess({ realm, realmExists }: { realm: string; realmExists: boolean }) {
  const switchAccount = async () => {
    await signOutTo(signInUrl(realm, '/desk/'), realm)
  }
  return (
    <main className="desk-door">
      <Mark state={{ kind: 'live', place: 2 }} />
      <h1>{realmExists ? t('The desk is for help desk agents') : t('Desk not found')}</h1>
      <p>
        {realmExists
          ? t(
              'Your account does not have access. If you are an agent, ask an administrator for the role “agent”.',
            )
          : t('The realm in the address does not exist.')}
      </p>
      <Button onClick={switchAccount}>{t('Sign in with another account')}</Button>
    </main>
  )
}

/** Whether the session has ended: the page then shows nothing of any caller. */
function useIsSignedOut(): boolean {
  const recent = useRecentChecks()
  const isRefused = useLiveChecks((all) =>
    Object.values(all).some(({ status }) => status?.kind === 'refused' && status.code === 401),
  )
  return isRefused || (recent.error instanceof ApiError && recent.error.code === 401)
}

/** Asks the agent to sign in again after the session has ended. Checks continue without it. */
function SignedOutDialog() {
  const realm = useRealm()
  const isSignedOut = useIsSignedOut()
  const signInAgain = () => location.assign(signInUrl(realm, location.pathname + location.search))
  return (
    <Modal
      opened={isSignedOut}
      onClose={() => {}}
      withCloseButton={false}
      closeOnEscape={false}
      title={t('You are signed out')}
    >
      <p className="dialog-text below-4 muted">
        {t('Running checks continue. Sign in again to see them here.')}
      </p>
      <Button onClick={signInAgain} data-autofocus>
        {t('Sign in again')}
      </Button>
    </Modal>
  )
}

const tabs = [
  { page: 'checks', title: 'Checks', Icon: IconList },
  { page: 'new', title: 'New', Icon: IconPlus },
  { page: 'wall', title: 'Wall', Icon: IconLayoutDashboard },
  { page: 'history', title: 'History', Icon: IconHistory },
] as const

/** Navigation on phones. */
function Tabs() {
  const { isLead, agent } = useHelpDesk()
  const shown = tabs.filter(({ page }) => (isLead || page !== 'wall') && (agent !== null || page !== 'new'))
  return (
    <nav className="desk-tabs" aria-label={t('Desk')}>
      {shown.map(({ page, title, Icon }) => (
        <Link key={page} to={{ page }}>
          <Icon size={18} stroke={1.75} aria-hidden />
          {t(title)}
        </Link>
      ))}
    </nav>
  )
}
