import { lazy } from 'react'
import { Nowhere } from './not-found-page.tsx'
import type { Place } from './place.ts'

/** Each page is loaded when it is first shown. */
const ChecksPage = lazy(() =>
  import('../layout/checks-page.tsx').then((page) => ({ default: page.ChecksPage })),
)
const StartPage = lazy(() =>
  import('../new-check/start-page.tsx').then((page) => ({ default: page.StartPage })),
)
const CheckPage = lazy(() =>
  import('../check-page/check-page.tsx').then((page) => ({ default: page.CheckPage })),
)
const HistoryPage = lazy(() =>
  import('../history/history-page.tsx').then((page) => ({ default: page.HistoryPage })),
)
const SideBySidePage = lazy(() =>
  import('../check-page/side-by-side-page.tsx').then((page) => ({ default: page.SideBySidePage })),
)

/** The page of a place. */
export function PageOf({ place }: { place: Place }) {
  switch (place.page) {
    case 'checks':
      return <ChecksPage />
    case 'new':
      return <StartPage key={`${place.q} ${place.action} ${place.ticket}`} prepared={place} />
    case 'check':
      return <CheckPage key={place.reference} reference={place.reference} />
    case 'history':
      return <HistoryPage />
    case 'side-by-side':
      return <SideBySidePage />
    case 'nowhere':
      return <Nowhere />
  }
}
