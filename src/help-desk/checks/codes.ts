import { randomInt } from 'node:crypto'

/**
 * The two codes of a verification. The agent reads both aloud: the caller types the first, which proves that the person on
 * the phone holds the link; the caller's page shows the second, which proves that the agent is not somebody who poses as one.
 * Sources: NIST SP 800-63B, 3.1.3 (a secret is transferred, not compared); IETF "Cross-Device Flows: Security Best Current Practice".
 */
export type Codes = {
  /** Six digits, twenty bits; typed by the caller. */
  code: string
  /** Four signs that no ear takes for another; read out by the agent when asked. */
  reverseCode: string
}

/** Without vowels, and without what is taken for another sign: 0 O, 1 I L, 5 S, 8 B. */
const letters = 'CDFGHJKMNPQRTVWXYZ'
const figures = '234679'

/** How often a caller may type the code. */
export const codeTries = 3

export function drawCodes(): Codes {
  const draw = (signs: string) => signs[randomInt(signs.length)] ?? ''
  return {
    code: Array.from({ length: 6 }, () => draw('0123456789')).join(''),
    reverseCode: draw(letters) + draw(figures) + draw(letters) + draw(figures),
  }
}

/** As people type it: with blanks and hyphens, in the digits of their script. */
export function readCode(typed: string): string {
  return typed
    .normalize('NFKC')
    .replace(/[\s\p{Pd}]/gu, '')
    .replace(/\p{Nd}/gu, asciiDigit)
}

/** The ten digits of every script stand in a row, and no two rows touch. Source: Unicode Standard, 4.6. */
function asciiDigit(digit: string): string {
  const place = digit.codePointAt(0) ?? 0
  let zero = place
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--
  return String(place - zero)
}
