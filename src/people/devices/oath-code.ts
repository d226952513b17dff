import type { OathCode } from '../../nodes/ports/ports.ts'

/**
 * Finds the counter of a one-time password within the allowed window. For TOTP, the counter is the number of time steps.
 * Comparisons take constant time.
 */
export async function counterOf({ secret, code, counter, back, ahead, hash }: OathCode) {
  const digits = code.length
  if (!/^\d+$/.test(code) || (digits !== 6 && digits !== 8)) return undefined
  const { createGuardrails, verifySync } = await import('otplib')
  const result = verifySync({
    strategy: 'hotp',
    secret: Buffer.from(secret, 'hex'),
    token: code,
    digits,
    algorithm: hash,
    counter,
    counterTolerance: [Math.min(back, counter), ahead],
    // Administrators may configure a larger window than the library recommends.
    guardrails: createGuardrails({ MAX_WINDOW: back + ahead + 1, MIN_SECRET_BYTES: 1 }),
  })
  return result.valid ? counter + result.delta : undefined
}

/** Converts a hexadecimal key to the form that authenticator apps read. */
export async function base32(secret: string): Promise<string> {
  const { ScureBase32Plugin } = await import('otplib')
  return new ScureBase32Plugin().encode(Buffer.from(secret, 'hex'), { padding: false })
}
