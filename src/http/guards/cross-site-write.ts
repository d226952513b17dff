import { RequestError } from '../../base/errors.ts'
import { sessionToken } from '../call.ts'
import { bringsBearer } from './bearer-scopes.ts'
import { isStaffAccess } from './rights.ts'
import type { Guard } from './visit.ts'

/**
 * Prevents cross-site request forgery. A browser may send the session cookie with another site's form. But a form cannot send a
 * JSON content type or these headers, and a script of another origin needs CORS permission for them.
 */
export const refuseCrossSiteWrite: Guard = ({ method, access, call: { headers } }) => {
  if (method === 'GET' || method === 'HEAD' || !sessionToken(headers)?.isCookie) return
  // Routes of staff ignore the cookie of a request with a token, which no form can send.
  if (isStaffAccess(access) && bringsBearer(headers)) return
  // rule R3: otherwise a form of another site can write with the reader's cookie
  const isJson = /^application\/json\b/i.test(headers['content-type'] ?? '')
  if (isJson || headers['accept-api-version'] !== undefined || headers['x-requested-with'] !== undefined)
    return
  throw new RequestError(403, 'A write by cookie needs the header X-Requested-With')
}
