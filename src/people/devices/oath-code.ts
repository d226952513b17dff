import type { OathCode } from '../../nodes/ports/ports.ts'

/**
 * The counter that gives a one-time password, among those that it may stand at. The time in steps is a counter like
 * any other, so this serves both kinds. Comparisons take constant time.
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
    // An administrator may allow more than the library advises.
    guardrails: createGuardrails({ MAX_WINDOW: back + ahead + 1, MIN_SECRET_BYTES: 1 }),
  })
  return result.valid ? counter + result.delta : undefined
}

/** A key as authenticator apps read it, from hexadecimal. */
export async function base32(secret: string): Promise<string> {
  const { ScureBase32Plugin } = await import('otplib')
  return new ScureBase32Plugin().encode(Buffer.from(secret, 'hex'), { padding: false })
}
