import { useQuery } from '@tanstack/react-query'
import { Suspense, useEffect, useRef } from 'react'
import { signInUrl } from '../../api/own-session.ts'
import { ApiError } from '../../api/request.ts'
import { Notice } from '../components/notice.tsx'
import { usePlace, useRealm } from '../navigation/navigation.ts'
import { PageOf } from '../navigation/pages.tsx'
import type { Place } from '../navigation/place.ts'
import { CheckList } from './check-list.tsx'
import { Closed } from './closed.tsx'
import { offerQuery } from './offer.ts'
import { SignedOut } from './signed-out.tsx'
import { Tabs } from './tabs.tsx'
import { TopBar } from './top-bar.tsx'
import { useKeys } from './use-keys.ts'

/** The desk around its pages: who sits at it above, the checks at the start side. */
export function Frame() {
  const realm = useRealm()
  const offer = useQuery(offerQuery(realm))
  const isNobody = offer.error instanceof ApiError && offer.error.code === 401
  useEffect(() => {
    if (isNobody) location.replace(signInUrl(realm, location.pathname + location.search))
  }, [isNobody, realm])
  if (offer.data !== undefined) return <OpenDesk />
  if (offer.error === null || isNobody) return null
  if (offer.error instanceof ApiError && (offer.error.code === 403 || offer.error.code === 404))
    return <Closed realm={realm} isThere={offer.error.code === 403} />
  return (
    <main className="desk-door">
      <h1 className="spoken">Desk</h1>
      <Notice tone="bad" title="The desk could not start" onRetry={() => offer.refetch()}>
        The server cannot be reached. Is it running, and are you online?
      </Notice>
    </main>
  )
}

function OpenDesk() {
  const place = usePlace()
  const main = useFocusOnArrival(place)
  useKeys()
  return (
    <div className={place.page === 'checks' ? 'desk at-list' : 'desk'}>
      <TopBar />
      <CheckList />
      <main className="desk-work" ref={main} tabIndex={-1}>
        <Suspense>
          <PageOf place={place} />
        </Suspense>
      </main>
      <Tabs />
      <SignedOut />
    </div>
  )
}

/** Whoever reads with a screen reader or the keyboard goes on where the new page begins. */
function useFocusOnArrival(place: Place) {
  const main = useRef<HTMLElement>(null)
  const here = useRef(place)
  useEffect(() => {
    if (here.current === place) return
    here.current = place
    main.current?.scrollTo(0, 0)
    // The search field of a new check takes the focus by itself.
    if (place.page !== 'new') main.current?.focus({ preventScroll: true })
  }, [place])
  return main
}
