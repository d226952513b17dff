import { z } from 'zod'
import type { Json, JsonObject } from '../../base/json.ts'
import { plainText } from './plain-text.ts'

/** A member that is undefined in code, and null or missing in storage. */
const text = z
  .string()
  .nullable()
  .transform((value) => value ?? undefined)
  .prefault(null)

export const purposeSchema = z.object({
  /** What the agent will do once the caller is verified. */
  action: text,
  reason: text,
  /** Number in the help desk's ticket system. */
  ticket: text,
  /** Display name of the caller, if the subject is asked to vouch for the caller. */
  vouchFor: text,
  /** Object id of that person, for policies. Journeys of earlier versions don't tell it. Never shown. */
  vouchForId: z.string().optional(),
})

/** The purpose of a transaction, as shown to the caller first. Plain texts. */
export type Purpose = z.infer<typeof purposeSchema>

/** Maximum lengths, in characters. */
const limits = { action: 120, reason: 200, ticket: 64, vouchFor: 120, vouchForId: 120 } as const

export const noPurpose: Purpose = {
  action: undefined,
  reason: undefined,
  ticket: undefined,
  vouchFor: undefined,
}

/** Reads the purpose from the initial data of a transaction. Accepts lists with one text, the form of request parameters. */
export function purposeOf(data: JsonObject): Purpose {
  const read = (name: keyof typeof limits) => textOf(data[name], limits[name])
  return {
    action: read('action'),
    reason: read('reason'),
    ticket: read('ticket'),
    vouchFor: read('vouchFor'),
    vouchForId: read('vouchForId'),
  }
}

/** Fills missing parts of a purpose from another one. */
export function withDefaults(purpose: Purpose, from: Partial<Purpose> | undefined): Purpose {
  return {
    action: purpose.action ?? from?.action,
    reason: purpose.reason ?? from?.reason,
    ticket: purpose.ticket ?? from?.ticket,
    vouchFor: purpose.vouchFor,
    vouchForId: purpose.vouchForId,
  }
}

/** The text that the subject is asked to agree to. A request to vouch names the caller before the action. */
export function actionText({ action, vouchFor }: Purpose): string | undefined {
  if (vouchFor === undefined) return action
  return action === undefined ? `Vouch for ${vouchFor}` : `Vouch for ${vouchFor}: ${action}`
}

function textOf(value: Json | undefined, maxLength: number): string | undefined {
  const [only, ...more] = Array.isArray(value) ? value : [value]
  if (typeof only !== 'string' || more.length > 0) return undefined
  return plainText(only, maxLength) || undefined
}
