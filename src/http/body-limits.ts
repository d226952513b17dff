import type { Access, Route } from './route.ts'

const kilobyte = 1024

/** For settings, scripts and journeys. Staff alone can send this much: their session is checked before the body is read. */
const staffBodyBytes = 1024 * kilobyte

/** For steps of a journey, which repeat what the server sent and can hold a device profile or a picture. */
export const stepBodyBytes = 512 * kilobyte

/** For routes that take a few short members from anybody. */
export const smallBodyBytes = 64 * kilobyte

/** For methods that take no JSON; some clients send `{}` all the same. */
const noBodyBytes = kilobyte

/** SAML answers, which anybody can send and which are expensive to read. */
export const samlBodyBytes = 128 * kilobyte

const openToAll: ReadonlySet<Access> = new Set(['everyone', 'backchannel', 'metrics'])

/** The largest body that a route takes, in bytes. */
export function bodyLimitOf({
  method,
  access,
  bodyLimitBytes,
}: Pick<Route, 'method' | 'access' | 'bodyLimitBytes'>): number {
  if (bodyLimitBytes !== undefined) return bodyLimitBytes
  if (method === 'GET' || method === 'DELETE') return noBodyBytes
  return openToAll.has(access) ? smallBodyBytes : staffBodyBytes
}
