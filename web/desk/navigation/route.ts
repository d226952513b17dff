/** A page of the desk. A new check can be prefilled, for example to repeat one. */
export type Route =
  | { page: 'checks' | 'side-by-side' | 'wall' | 'numbers' | 'not-found' }
  | ({ page: 'new' } & Prefill)
  | { page: 'history'; result?: string | undefined }
  | { page: 'check'; reference: string }
  | { page: 'starting' | 'approval'; id: string }

/** Query parameters of a new check. `check` is the front journey of the check to repeat. */
const prefillNames = ['q', 'action', 'reason', 'ticket', 'check', 'person'] as const

type Prefill = { [Name in (typeof prefillNames)[number]]?: string | undefined }

const defaultRealm = '/alpha'

export function realmOf(search: string): string {
  return new URLSearchParams(search).get('realm') || defaultRealm
}

export function parseRoute(pathname: string, search: string): Route {
  const [, name = '', reference = '', more] = pathname.replace(/^\/desk/, '').split('/')
  if (name === 'checks' && reference !== '' && more === undefined) {
    return { page: 'check', reference: normalizeReference(decodeURIComponent(reference)) }
  }
  if (name === 'starting' && reference !== '' && more === undefined)
    return { page: 'starting', id: reference }
  if (name === 'approvals' && reference !== '' && more === undefined) {
    return { page: 'approval', id: decodeURIComponent(reference) }
  }
  if (reference !== '') return { page: 'not-found' }
  switch (name) {
    case '':
      return { page: 'checks' }
    case 'new':
      return { page: 'new', ...prefillFrom(new URLSearchParams(search)) }
    case 'history': {
      const result = new URLSearchParams(search).get('result')
      return result === null ? { page: 'history' } : { page: 'history', result }
    }
    case 'side-by-side':
    case 'wall':
    case 'numbers':
      return { page: name }
    default:
      return { page: 'not-found' }
  }
}

/** Agents may type references with spaces, hyphens and lowercase letters, and paste them with marks of the writing direction. */
function normalizeReference(text: string): string {
  return text.replaceAll(/[\s\p{Cf}-]/gu, '').toUpperCase()
}

function prefillFrom(search: URLSearchParams): Prefill {
  return Object.fromEntries(
    prefillNames.flatMap((name) => (search.has(name) ? [[name, search.get(name)]] : [])),
  )
}

/** The URL of a page. Names the realm unless it is the default one. */
export function routeUrl(route: Route, realm: string): string {
  const search = new URLSearchParams(realm === defaultRealm ? {} : { realm })
  if (route.page === 'new') {
    for (const name of prefillNames) {
      const text = route[name]
      if (text !== undefined && text !== '') search.set(name, text)
    }
  }
  if (route.page === 'history' && route.result !== undefined) search.set('result', route.result)
  const path = pathOf(route)
  return search.size === 0 ? path : `${path}?${search}`
}

/** Without the query. */
export function pathOf(route: Route): string {
  switch (route.page) {
    case 'checks':
    case 'not-found':
      return '/desk/'
    case 'check':
      return `/desk/checks/${encodeURIComponent(route.reference)}`
    case 'starting':
      return `/desk/starting/${encodeURIComponent(route.id)}`
    case 'approval':
      return `/desk/approvals/${encodeURIComponent(route.id)}`
    default:
      return `/desk/${route.page}`
  }
}
