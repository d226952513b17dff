import type { Route } from './route.ts'

/** Bounds of the memory of `canonicalUrls`: clients can invent URLs. */
const maxRemembered = 500
const maxRememberedLength = 300

/** The first path segments of all endpoints. Any other segment directly after `/json` is a realm name, as in old clients. */
export function endpointsOf(routes: readonly Pick<Route, 'path'>[]): ReadonlySet<string> {
  const relative = routes.map(({ path }) => path).filter((path) => !path.startsWith('/'))
  return new Set(['realms', ...relative.map((path) => path.split('/', 1)[0] ?? '')])
}

/**
 * Normalizes the spelling of a realm: `/am/json/realms/root/realms/alpha/x`, `/am/json/realms/alpha/x`, `/am/json/alpha/x` and
 * `/am/json/x?realm=/alpha` all become `/am/json/@/%2Falpha/x`. Outside `/am/json`, only removes the context path where a path
 * without it exists (`/am/openidm`).
 */
export function canonicalUrl(url: string, endpoints: ReadonlySet<string>): string {
  if (url.startsWith('/am/openidm/')) return url.slice('/am'.length)
  if (!url.startsWith('/am/json/')) return url
  const queryAt = url.indexOf('?')
  const path = queryAt < 0 ? url : url.slice(0, queryAt)
  const query = queryAt < 0 ? '' : url.slice(queryAt)
  const segments = path.slice('/am/json/'.length).split('/')
  const { realm, rest } = splitRealm(segments, endpoints)
  const named = new URLSearchParams(query).get('realm')
  const realmPath = realm.length > 0 || named === null ? `/${realm.join('/')}` : withSlash(named)
  return `/am/json/@/${encodeURIComponent(realmPath)}/${rest.join('/')}${query}`
}

/** `canonicalUrl` with a small memory, because clients repeat few URLs. */
export function canonicalUrls(endpoints: ReadonlySet<string>): (url: string) => string {
  const known = new Map<string, string>()
  return (url) => {
    const remembered = known.get(url)
    if (remembered !== undefined) return remembered
    const canonical = canonicalUrl(url, endpoints)
    if (known.size >= maxRemembered) known.clear()
    if (url.length <= maxRememberedLength) known.set(url, canonical)
    return canonical
  }
}

function splitRealm(
  segments: readonly string[],
  endpoints: ReadonlySet<string>,
): { realm: string[]; rest: string[] } {
  const realm: string[] = []
  let position = 0
  // An empty name must not become the root realm.
  while (segments[position] === 'realms' && segments[position + 1]) {
    const name = decoded(segments[position + 1] ?? '')
    if (!(name === 'root' && position === 0)) realm.push(name)
    position += 2
  }
  while (position === 0 || realm.length > 0) {
    const segment = segments[position]
    if (segments[0] === 'realms' || segment === undefined || endpoints.has(segment) || segment === '') break
    realm.push(decoded(segment))
    position++
  }
  return { realm, rest: segments.slice(position) }
}

/** The path of a realm as the pages send it: `/alpha` for `alpha/`, `/` for the root realm. */
export function canonicalRealm(realm: string): string {
  return `/${realm
    .split('/')
    .filter((name) => name !== '')
    .join('/')}`
}

function withSlash(realm: string): string {
  if (realm === '' || realm === 'root') return '/'
  return realm.startsWith('/') ? realm : `/${realm}`
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

/**
 * The realm of a managed object type for people: `/alpha` for `alpha_user`, `/alpha/beta` for `alpha/beta_user`, the root
 * realm for `user`. Undefined for other types.
 */
export function realmOfUserObject(object: string): string | undefined {
  if (object === 'user') return '/'
  const [, name] = /^((?:[\w.-]+\/)*[\w.-]+)_user$/.exec(object) ?? []
  return name === undefined ? undefined : `/${name}`
}
