import { randomInt } from 'node:crypto'

/**
 * The two codes of a check. The agent reads both out. The caller types the first, which proves that the person on the phone
 * has the link. The caller's page shows the second, which proves that the agent is genuine.
 * Sources: NIST SP 800-63B, 3.1.3 (a secret is transferred, not compared); IETF "Cross-Device Flows: Security Best Current Practice".
 */
export type Codes = {
  /** Six digits, twenty bits; typed by the caller. */
  code: string
  /** Four characters that don't sound alike; read out by the agent on request. */
  reverseCode: string
}

/** No vowels, and no letters that look like a digit or another letter: 0 O, 1 I L, 5 S, 8 B. */
export const unmistakableLetters = 'CDFGHJKMNPQRTVWXYZ'
const figures = '234679'

/** Attempts to type the code. */
// rule H4: otherwise a code can be guessed without limit
export const codeAttempts = 3

export function drawCodes(): Codes {
  const draw = (signs: string) => signs[randomInt(signs.length)] ?? ''
  return {
    // rule H4: otherwise the code has four digits
    code: Array.from({ length: 6 }, () => draw('0123456789')).join(''),
    reverseCode: draw(unmistakableLetters) + draw(figures) + draw(unmistakableLetters) + draw(figures),
  }
}

/** Parses a code as people type it: with blanks and hyphens, in the digits of any script. */
export function readCode(typed: string): string {
  return typed
    .normalize('NFKC')
    .replace(/[\s\p{Pd}]/gu, '')
    .replace(/\p{Nd}/gu, asciiDigit)
}

/** The ten digits of every script are consecutive, and no two scripts adjoin. Source: Unicode Standard, 4.6. */
function asciiDigit(digit: string): string {
  const place = digit.codePointAt(0) ?? 0
  let zero = place
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--
  return String(place - zero)
}
