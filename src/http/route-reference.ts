import type { Route } from './route.ts'

/** Paths of the whole server, without a realm. */
// rule R1: otherwise a route for all realms takes the origins of one
const serverWidePath = /^(global-config|node-designer|health|metrics)\/|^openapi\.json$/

/** Path segments that don't identify a resource. */
const containers: ReadonlySet<string> = new Set([
  'realm-config',
  'global-config',
  'authentication',
  'authenticationtrees',
  'agents',
  'am',
  'json',
])

/** Whether a route below `/am/json` is about the whole server. */
export function isServerWide({ path }: Pick<Route, 'path'>): boolean {
  return serverWidePath.test(path)
}

/** Whether calls of a route belong to a realm, named in the path or by `realm` in the query. */
export function takesRealm({ path }: Pick<Route, 'path'>): boolean {
  return !path.startsWith('/') && !isServerWide({ path })
}

/** The path of a route in reference pages: `/am/json{realm}/scripts/{id}`. */
export function shownPath(path: string): string {
  const full = path.startsWith('/') ? path : `/am/json${takesRealm({ path }) ? '{realm}' : ''}/${path}`
  return withParameters(full)
}

/** `:name` as `{name}`. */
export function withParameters(path: string): string {
  return path.replace(/:(\w+)/g, '{$1}')
}

/** The section of a route in the reference: the first segment of its path that identifies a resource. */
export function sectionOf({ path }: Pick<Route, 'path'>): string {
  const parts = path.split('/').filter((part) => part !== '' && !part.startsWith(':'))
  return parts.find((part) => !containers.has(part)) ?? parts.at(-1) ?? ''
}
