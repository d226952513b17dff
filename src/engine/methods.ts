import { z } from 'zod'

/**
 * Authentication methods: password, one-time password, passkey, key in a device, key in software, recovery code, code
 * that was sent, security questions, identity provider, known browser, push notification with a number. The names come from
 * RFC 8176 and OpenID's "Extended Authentication Profile" (`pop`); `rc`, `code`, `fed`, `cookie` and `push` are our own.
 */
const methods = ['pwd', 'otp', 'pop', 'hwk', 'swk', 'rc', 'code', 'kba', 'fed', 'cookie', 'push'] as const

export const methodSchema = z.enum(methods)

export type Method = z.infer<typeof methodSchema>

/** A method that proved a credential, and the username or object id that the journey knew at that time. */
export const proofSchema = z.object({
  method: methodSchema,
  name: z.string(),
  /** Epoch milliseconds at which the person's sessions were last ended, 0 for never. Absent in older journeys. */
  sessionsEndedAt: z.number().optional(),
})

export type Proof = z.infer<typeof proofSchema>

/** The distinct methods proved for these names, in order. */
export function methodsOf(proofs: readonly Proof[], names: readonly string[]): Method[] {
  const own = new Set(names.map((name) => name.toLowerCase()))
  const theirs = proofs.filter(({ name }) => own.has(name.toLowerCase()))
  return [...new Set(theirs.map(({ method }) => method))]
}
