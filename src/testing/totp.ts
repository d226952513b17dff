import { generateSync } from 'otplib'

/**
 * The one-time password that an authenticator app shows (TOTP, RFC 6238), or the first one of a counter (HOTP, RFC 4226).
 * @param key in base32, or the `otpauth:` URI that the app scans.
 * @param now epoch milliseconds.
 */
export function totp(key: string, now: number): string {
  const { secret, period, digits, algorithm, counter } = keyOf(key)
  if (counter !== undefined) return generateSync({ strategy: 'hotp', secret, counter, digits, algorithm })
  return generateSync({ secret, epoch: Math.floor(now / 1000), period, digits, algorithm })
}

const hashes = { SHA1: 'sha1', SHA256: 'sha256', SHA512: 'sha512' } as const

function keyOf(key: string) {
  const uri = /^otpauth:/i.test(key) ? new URL(key) : new URL(`otpauth://totp/?secret=${key}`)
  const {
    secret = '',
    period = '30',
    digits = '6',
    algorithm = 'SHA1',
    counter = '0',
  } = Object.fromEntries(uri.searchParams)
  return {
    secret,
    period: Number(period),
    counter: uri.host === 'hotp' ? Number(counter) : undefined,
    digits: digits === '8' ? (8 as const) : (6 as const),
    algorithm: algorithm in hashes ? hashes[algorithm as keyof typeof hashes] : hashes.SHA1,
  }
}
