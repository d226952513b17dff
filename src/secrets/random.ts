import { randomBytes, randomInt } from 'node:crypto'

/** Decimal digits, each as likely as any other. */
export function digits(length: number): string {
  return Array.from({ length }, () => randomInt(10)).join('')
}

/** Hexadecimal digits. */
export function hex(length: number): string {
  return randomBytes(Math.ceil(length / 2))
    .toString('hex')
    .slice(0, length)
}

/** Base64 of so many bytes. */
export function base64(bytes: number): string {
  return randomBytes(bytes).toString('base64')
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** Letters and digits: six bits each, less a little. */
export function letters(length: number): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('')
}
