import * as z from 'zod/mini'
import { realmPath } from './realm.ts'
import { request } from './request.ts'

const text = z._default(z.nullable(z.string()), null)

const checkSchema = z.object({
  organisation: z._default(z.string(), ''),
  openedBy: text,
  application: text,
  action: text,
  reason: text,
  ticket: text,
  subject: text,
  reverseCode: text,
  journey: z.optional(z.string()),
  state: z.string(),
  result: z.string(),
  ending: text,
  expiresAt: z.number(),
})

/** What the holder of a link may know of its check before doing anything. `expiresAt` is epoch milliseconds. */
export type Check = z.infer<typeof checkSchema>

const rejectedSchema = z.object({ isLate: z._default(z.boolean(), false) })

/**
 * Reads what a link is for, and changes nothing. Source: `docs/help-desk.md`, "The caller's page".
 * @throws WireError 404 for a link that is unknown, or whose time is over.
 */
export function describeCheck(realm: string, transaction: string): Promise<Check> {
  return request(checkSchema, backchannel(realm, 'describe'), { method: 'POST', body: { transaction } })
}

/**
 * Says "This is not me". `isLate`: the check had its result before.
 * @throws WireError 404 as above.
 */
export function rejectCheck(realm: string, transaction: string): Promise<z.infer<typeof rejectedSchema>> {
  return request(rejectedSchema, backchannel(realm, 'reject'), { method: 'POST', body: { transaction } })
}

function backchannel(realm: string, action: string): string {
  return `${realmPath(realm)}/authenticate/backchannel/${action}`
}
