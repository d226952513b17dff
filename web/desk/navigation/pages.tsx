import { lazy } from 'react'
import { t } from '../../translate/translate.ts'
import { useDocumentTitle } from '../components/use-document-title.ts'
import { Link } from './link.tsx'
import { useNavigationCount } from './navigation.ts'
import type { Route } from './route.ts'

// Each page is loaded when it is first shown.
const ChecksPage = lazy(() =>
  import('../layout/checks-page.tsx').then((page) => ({ default: page.ChecksPage })),
)
const NewCheckPage = lazy(() =>
  import('../new-check/new-check-page.tsx').then((page) => ({ default: page.NewCheckPage })),
)
const StartingPage = lazy(() =>
  import('../new-check/starting-page.tsx').then((page) => ({ default: page.StartingPage })),
)
const ApprovalPage = lazy(() =>
  import('../approvals/approval-page.tsx').then((page) => ({ default: page.ApprovalPage })),
)
const CheckPage = lazy(() =>
  import('../check-page/check-page.tsx').then((page) => ({ default: page.CheckPage })),
)
const HistoryPage = lazy(() =>
  import('../history/history-page.tsx').then((page) => ({ default: page.HistoryPage })),
)
const AllChecksPage = lazy(() =>
  import('../check-page/all-checks-page.tsx').then((page) => ({ default: page.AllChecksPage })),
)

const WallPage = lazy(() => import('../wall/wall-page.tsx').then((page) => ({ default: page.WallPage })))
const NumbersPage = lazy(() =>
  import('../numbers/numbers-page.tsx').then((page) => ({ default: page.NumbersPage })),
)

export function RoutePage({ route }: { route: Route }) {
  const navigations = useNavigationCount()
  switch (route.page) {
    case 'checks':
      return <ChecksPage />
    case 'new':
      return <NewCheckPage key={navigations} prefill={route} />
    case 'starting':
      return <StartingPage key={route.id} id={route.id} />
    case 'approval':
      return <ApprovalPage key={route.id} id={route.id} />
    case 'check':
      return <CheckPage key={route.reference} reference={route.reference} />
    case 'history':
      return <HistoryPage key={navigations} result={route.result} />
    case 'side-by-side':
      return <AllChecksPage />
    case 'wall':
      return <WallPage />
    case 'numbers':
      return <NumbersPage />
    case 'not-found':
      return <NotFoundPage />
  }
}

function NotFoundPage() {
  useDocumentTitle(t('Desk'))
  return (
    <section className="desk-empty">
      <h1>{t('Page not found')}</h1>
      <p>{t('Check the address.')}</p>
      <Link to={{ page: 'checks' }}>{t('All checks')}</Link>
    </section>
  )
}
