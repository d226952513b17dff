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

/** What the holder of a link may know of its check before doing anything. `expiresAt` is epoch milliseconds. */
export type CallerCheck = z.infer<typeof checkSchema>

/** How the person behind a link ends its check. */
export type Rejection = 'notMe' | 'calledMe' | 'notVouched'

const rejectedSchema = z.object({ isLate: z._default(z.boolean(), false), ending: text })

/**
 * Reads what a link is for, and changes nothing. Source: `docs/help-desk.md`, "The caller's page".
 * @throws ApiError 404 for a link that is unknown, or whose time is over.
 */
export function describeCheck(realm: string, transaction: string): Promise<CallerCheck> {
  return request(checkSchema, backchannel(realm, 'describe'), { method: 'POST', body: { transaction } })
}

/**
 * Says "I called", or "I vouch". From then on the check has the reverse code.
 * @throws ApiError 404 as above.
 */
export function confirmCheck(realm: string, transaction: string): Promise<CallerCheck> {
  return request(checkSchema, backchannel(realm, 'confirm'), { method: 'POST', body: { transaction } })
}

/**
 * Ends a check. `isLate`: the check had its result before.
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

/** How a check was rejected, before or after its result; undefined where it was not. */
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
