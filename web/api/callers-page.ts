import * as z from 'zod/mini'
import { realmPath } from './realm-path.ts'
import { request } from './request.ts'

const text = z._default(z.nullable(z.string()), null)

const checkSchema = z.object({
  organisation: z._default(z.string(), ''),
  openedBy: text,
  application: text,
  question: text,
  isConfirmed: z._default(z.boolean(), false),
  action: text,
  reason: text,
  ticket: text,
  vouchFor: text,
  subject: text,
  reverseCode: text,
  journey: z.optional(z.string()),
  state: z.string(),
  result: z.string(),
  ending: text,
  rejectedAt: z._default(z.nullable(z.number()), null),
  expiresAt: z.number(),
})

/** A check as the holder of its link sees it. `expiresAt` is epoch milliseconds. */
export type CallerCheck = z.infer<typeof checkSchema>

/** The ways to reject a check from its link. */
export type Rejection = 'notMe' | 'calledMe' | 'notVouched'

const rejectedSchema = z.object({ isLate: z._default(z.boolean(), false), ending: text })

/**
 * Reads the check of a link without changing it. Source: `docs/help-desk.md`, "The caller's page".
 * @throws ApiError 404 for unknown and expired links.
 */
export function describeCheck(realm: string, transaction: string): Promise<CallerCheck> {
  return request(checkSchema, backchannel(realm, 'describe'), { method: 'POST', body: { transaction } })
}

/**
 * Confirms "I called" or "I vouch". From then on the check has a reverse code.
 * @throws ApiError 404 as above.
 */
export function confirmCheck(realm: string, transaction: string): Promise<CallerCheck> {
  return request(checkSchema, backchannel(realm, 'confirm'), { method: 'POST', body: { transaction } })
}

/**
 * Rejects a check. `isLate`: it already had a result.
 * @throws ApiError 404 as above.
 */
export function rejectCheck(
  realm: string,
  transaction: string,
  reason: Rejection,
): Promise<z.infer<typeof rejectedSchema>> {
  return request(rejectedSchema, backchannel(realm, 'reject'), {
    method: 'POST',
    body: { transaction, reason },
  })
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

function backchannel(realm: string, action: string): string {
  return `${realmPath(realm)}/authenticate/backchannel/${action}`
}
