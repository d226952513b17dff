import { useCallback, useMemo, useSyncExternalStore } from 'react'
import { addressOf, type Place, placeOf, realmOf } from './place.ts'

const went = 'sidegate-desk-went'

/** Where the agent is now. */
export function usePlace(): Place {
  const address = useSyncExternalStore(subscribe, addressNow)
  return useMemo(() => {
    const { pathname, search } = new URL(address)
    return placeOf(pathname, search)
  }, [address])
}

/** The realm of this desk. */
export function useRealm(): string {
  return useSyncExternalStore(subscribe, () => realmOf(location.search))
}

/** Goes to another place without loading the page anew. */
export function useGo(): (place: Place) => void {
  const realm = useRealm()
  return useCallback((place) => go(addressOf(place, realm)), [realm])
}

/** The desk is one page: addresses change, and whoever listens is told. */
export function go(address: string): void {
  history.pushState(null, '', address)
  dispatchEvent(new Event(went))
}

function addressNow(): string {
  return location.href
}

function subscribe(listener: () => void): () => void {
  addEventListener('popstate', listener)
  addEventListener(went, listener)
  return () => {
    removeEventListener('popstate', listener)
    removeEventListener(went, listener)
  }
}
