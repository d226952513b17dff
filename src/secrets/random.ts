import { randomBytes, randomInt } from 'node:crypto'

/** Uniformly distributed decimal digits. */
export function digits(length: number): string {
  return Array.from({ length }, () => randomInt(10)).join('')
}

export function hex(length: number): string {
  return randomBytes(Math.ceil(length / 2))
    .toString('hex')
    .slice(0, length)
}

/** @param bytes number of random bytes, before encoding. */
export function base64(bytes: number): string {
  return randomBytes(bytes).toString('base64')
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** Letters and digits: almost six bits of entropy per character. */
export function letters(length: number): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('')
}
