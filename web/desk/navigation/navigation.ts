import { useCallback, useMemo, useSyncExternalStore } from 'react'
import { parseRoute, type Route, realmOf, routeUrl } from './route.ts'

const navigated = 'sidegate-desk-navigated'
let navigations = 0

/** The current page of the desk. */
export function useRoute(): Route {
  const url = useSyncExternalStore(subscribe, currentUrl)
  return useMemo(() => {
    const { pathname, search } = new URL(url)
    return parseRoute(pathname, search)
  }, [url])
}

/** How often the agent has navigated. Following a link to the current page counts, so that forms can start afresh. */
export function useNavigationCount(): number {
  return useSyncExternalStore(subscribe, () => navigations)
}

export function useRealm(): string {
  return useSyncExternalStore(subscribe, () => realmOf(location.search))
}

/** @returns a function that opens another page of the desk without a page load. */
export function useNavigate(): (route: Route) => void {
  const realm = useRealm()
  return useCallback((route) => navigateTo(routeUrl(route, realm)), [realm])
}

export function navigateTo(url: string): void {
  history.pushState(null, '', url)
  navigations++
  dispatchEvent(new Event(navigated))
}

function currentUrl(): string {
  return location.href
}

function subscribe(listener: () => void): () => void {
  addEventListener('popstate', listener)
  addEventListener(navigated, listener)
  return () => {
    removeEventListener('popstate', listener)
    removeEventListener(navigated, listener)
  }
}
