import { confirmLink, describeLink, rejectLink, seeLink } from '../../contract/backchannel.ts'
import type { AnswerOf, ValueOf } from '../../contract/endpoint.ts'
import { callEndpoint } from './endpoint.ts'

/** A check as the holder of its link sees it. `expiresAt` is epoch milliseconds. */
export type CallerCheck = AnswerOf<typeof describeLink>

/** A link, and the language for the texts of its check. Without one, the browser's languages apply. */
type LinkOf = { realm: string; transaction: string; locale: string | undefined }

/** The ways to reject a check from its link. */
export type Rejection = ValueOf<typeof rejectLink.body>['reason']

/**
 * Reads the check of a link without changing it. Source: `docs/help-desk.md`, "The caller's page".
 * @throws ApiError 404 for unknown and expired links.
 */
export function describeCheck({ realm, transaction, locale }: LinkOf): Promise<CallerCheck> {
  return callEndpoint(describeLink, { realm, query: { locale }, body: { transaction } })
}

/** Tells the agent that the page is shown. Once is enough; the server ignores repetitions. */
export async function reportSeen(realm: string, transaction: string): Promise<void> {
  await callEndpoint(seeLink, { realm, body: { transaction } })
}

/**
 * Confirms "I called" or "I vouch". From then on the check has a reverse code.
 * @throws ApiError 404 as above.
 */
export function confirmCheck({ realm, transaction, locale }: LinkOf): Promise<CallerCheck> {
  return callEndpoint(confirmLink, { realm, query: { locale }, body: { transaction } })
}

/**
 * Rejects a check. `isLate`: it already had a result.
 * @throws ApiError 404 as above.
 */
export function rejectCheck(
  realm: string,
  transaction: string,
  reason: Rejection,
): Promise<AnswerOf<typeof rejectLink>> {
  return callEndpoint(rejectLink, { realm, body: { transaction, reason } })
}

/** How a check was rejected, before or after its result; undefined if it was not. */
export function rejectionOf({
  ending,
  rejectedAt,
  vouchFor,
}: Pick<CallerCheck, 'ending' | 'rejectedAt' | 'vouchFor'>): Rejection | undefined {
  if (ending === 'notMe' || ending === 'calledMe' || ending === 'notVouched') return ending
  if (rejectedAt === null) return undefined
  return vouchFor === null ? 'notMe' : 'notVouched'
}
