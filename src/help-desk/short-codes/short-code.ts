import { randomInt } from 'node:crypto'
import { z } from 'zod'
import { unmistakableLetters } from '../checks/codes.ts'

/**
 * `spoken`: the agent reads it out. `message`: it is in a link that is sent as a text. `call`: a call reads it out. Each check has
 * one code for each.
 */
export const shortCodeChannels = ['spoken', 'message', 'call'] as const

export type ShortCodeChannel = (typeof shortCodeChannels)[number]

export const shortCodeSchema = z.object({
  /** The transaction. */
  idHash: z.string(),
  channel: z.enum(shortCodeChannels),
  realm: z.string(),
  /** Keyed MAC of the code, which is not stored. */
  mac: z.string(),
  /** Sealed link of the transaction. */
  link: z.string(),
  /** Epoch milliseconds. */
  expiresAt: z.number(),
  usedAt: z.number().optional(),
})

/** A code that stands for the link of a transaction, once. */
export type ShortCode = z.infer<typeof shortCodeSchema>

/** Eight letters, 33 bits: letters only, so that it is easy to spell on the phone. */
export function drawShortCode(): string {
  return Array.from({ length: 8 }, () => unmistakableLetters[randomInt(unmistakableLetters.length)]).join('')
}
