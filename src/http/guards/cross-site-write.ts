import { RequestError } from '../../errors.ts'
import { sessionToken } from '../call.ts'
import type { Check } from './visit.ts'

/**
 * A browser sends the session cookie with whatever another site's form posts. No form can send a JSON content type
 * or these headers, and a script needs our permission to: one of them proves that the page is ours or allowed.
 */
export const refuseCrossSiteWrite: Check = ({ method, call: { headers } }) => {
  if (method === 'GET' || method === 'HEAD' || !sessionToken(headers)?.isCookie) return
  const isJson = /^application\/json\b/i.test(headers['content-type'] ?? '')
  if (isJson || headers['accept-api-version'] !== undefined || headers['x-requested-with'] !== undefined)
    return
  throw new RequestError(403, 'A write by cookie needs the header X-Requested-With')
}
