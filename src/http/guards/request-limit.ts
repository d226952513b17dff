import { tooManyRequests } from '../../base/errors.ts'
import type { SharedCounts } from '../../limits/shared-counts.ts'
import { sourceOf } from '../../limits/source.ts'
import type { Realm } from '../../realms/realm.ts'
import type { Guard, RequestCounts } from './visit.ts'

/** Limits calls without a session by their address. */
export const limitRequests: Guard = ({ call, requestCounts }) =>
  countRequest(requestCounts, call.realm, call.clientIp)

/** Counts requests and calls `refused` for each one above the limit. */
export function countedRequests(counts: SharedCounts, refused: RequestCounts['refused']): RequestCounts {
  return { count: (key, milliseconds) => counts.count(key, milliseconds), refused }
}

const windowMs = 60_000

/** The realm setting with the limit for each kind of request. */
const limitFor = { requests: 'requestsPerAddress', 'SAML answers': 'samlAnswersPerAddress' } as const

/**
 * Counts a request for its address.
 * @param counts undefined turns counting off. @throws RequestError 429 above the limit per minute.
 */
export function countRequest(
  counts: RequestCounts | undefined,
  { path, settings }: Realm,
  address: string,
  kind: keyof typeof limitFor = 'requests',
): void {
  const limit = settings.limits[limitFor[kind]]
  if (counts === undefined || limit === 0) return
  const { count, endsInMs } = counts.count(`${path} ${kind} from ${sourceOf(address)}`, windowMs)
  // rule S27: otherwise anonymous requests have no limit
  if (count <= limit) return
  const problem = 'tooManyFromAddress'
  counts.refused(problem)
  throw tooManyRequests({
    problem,
    message: `Too many ${kind} from this address in a short time`,
    waitMs: endsInMs,
  })
}
