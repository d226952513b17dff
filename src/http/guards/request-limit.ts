import { tooMany } from '../../errors.ts'
import type { JointCounts } from '../../limits/joint-counts.ts'
import { sourceOf } from '../../limits/source.ts'
import type { Realm } from '../../realms/realm.ts'
import type { Check, RequestCounts } from './visit.ts'

/** Who has no session yet is known by the address alone. */
export const limitRequests: Check = ({ call, requestCounts }) =>
  countRequest(requestCounts, call.realm, call.clientIp)

/** Requests as they are counted, with whoever wants to hear of those that were one too many. */
export function countedRequests(counts: JointCounts, refused: RequestCounts['refused']): RequestCounts {
  return { count: (key, milliseconds) => counts.count(key, milliseconds), refused }
}

const windowMs = 60_000

/** The setting with the limit for each kind of request. */
const limitFor = { requests: 'requestsPerAddress', 'SAML answers': 'samlAnswersPerAddress' } as const

/**
 * Counts a request that needs no session, for the address that it comes from.
 * @param counts undefined where nothing is counted. @throws RequestError 429 for one too many within a minute.
 */
export function countRequest(
  counts: RequestCounts | undefined,
  { path, settings }: Realm,
  address: string,
  kind: keyof typeof limitFor = 'requests',
): void {
  const most = settings.limits[limitFor[kind]]
  if (counts === undefined || most === 0) return
  const { count, endsInMs } = counts.count(`${path} ${kind} from ${sourceOf(address)}`, windowMs)
  if (count <= most) return
  const problem = 'tooManyFromAddress'
  counts.refused(problem)
  throw tooMany({ problem, message: `Too many ${kind} from this address in a short time`, waitMs: endsInMs })
}
