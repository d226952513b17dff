import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { lazyObject } from './lazy.ts'

/** The letters of short codes: no vowels, so that no words appear, and none that look like another letter. */
export const shortCodeLetters = 'CDFGHJKMNPQRTVWXYZ'

const shortCodeLength = 8

/** The reason why a text can't be a short code. `script`: letters of another script. `character`: a sign that no code contains. */
export type ShortCodeProblem =
  | { problem: 'script' }
  | { problem: 'character'; character: string }
  | { problem: 'length' }

/** Removes blanks and hyphens, and makes letters large and of normal width. */
export function bareShortCode(typed: string): string {
  return typed
    .normalize('NFKC')
    .replace(/[\s\p{Pd}\p{Cf}·.,_]/gu, '')
    .toUpperCase()
}

/** Parses a code as people type it: in any case and width, with blanks and hyphens. */
export function readShortCode(typed: string): { code: string } | ShortCodeProblem {
  const bare = bareShortCode(typed)
  if (/(?![A-Z])[\p{L}\p{M}]/u.test(bare)) return { problem: 'script' }
  const character = Array.from(bare).find((each) => !shortCodeLetters.includes(each))
  if (character !== undefined) return { problem: 'character', character }
  return bare.length === shortCodeLength ? { code: bare } : { problem: 'length' }
}

/** Shows a code in two groups: `XKKM-MQRR`. */
export function shownShortCode(code: string): string {
  return `${code.slice(0, shortCodeLength / 2)}-${code.slice(shortCodeLength / 2)}`
}

/** A short code, once: it is not stored in a readable form. */
export const issuedShortCodeSchema = lazyObject(() => ({
  /** In two groups. */
  code: z.string(),
  /** The page where the caller types the code. */
  address: z.string(),
  /** Epoch milliseconds. A use before it was one of the code that this one replaced. */
  issuedAt: z.number(),
  /** Epoch milliseconds. */
  expiresAt: z.number(),
}))

export const redeemShortCode = endpoint('POST', 'short-codes', {
  actions: {
    redeem: {
      body: lazyObject(() => ({
        code: z.string('must be the code that the agent reads out').check(z.maxLength(200)),
      })),
      answer: lazyObject(() => ({ link: z.string() })),
    },
  },
})
