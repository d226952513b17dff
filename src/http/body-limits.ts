import type { Access, Route } from './route.ts'

const kilobyte = 1024

/** For settings, scripts and journeys. Only staff can send this much: the session is checked before the body is read. */
const staffBodyBytes = 1024 * kilobyte

/** For authenticate requests, which repeat the callbacks and can hold a device profile or a picture. */
export const stepBodyBytes = 512 * kilobyte

/** For routes that take a few short members without a session. */
export const smallBodyBytes = 64 * kilobyte

/** For methods without a body; some clients send `{}` anyway. */
const noBodyBytes = kilobyte

/** For SAML responses, which need no session and are expensive to parse. */
// rule S08: otherwise a SAML answer may be as large as any body
export const samlBodyBytes = 128 * kilobyte

const openToAll: ReadonlySet<Access> = new Set(['everyone', 'backchannel', 'metrics', 'logs'])

/** Maximum body size of a route, in bytes. */
export function bodyLimitOf({
  method,
  access,
  bodyLimitBytes,
}: Pick<Route, 'method' | 'access' | 'bodyLimitBytes'>): number {
  if (bodyLimitBytes !== undefined) return bodyLimitBytes
  if (
    method === 'GET' ||
    // rule S08: otherwise methods without a body accept large bodies
    method === 'DELETE'
  )
    return noBodyBytes
  // rule S08: otherwise public routes accept bodies as large as those for administrators
  return openToAll.has(access) ? smallBodyBytes : staffBodyBytes
}
