import { z } from 'zod'

/**
 * The ways in which somebody proves who they are: a password, a one-time password, a passkey, a key in a device or in
 * software, a recovery code, a code that was sent, security questions, an identity provider, a browser that was
 * remembered. Names are those of RFC 8176 and of OpenID's "Extended Authentication Profile" (`pop`); the last five but
 * `kba` are ours.
 */
const methods = ['pwd', 'otp', 'pop', 'hwk', 'swk', 'rc', 'code', 'kba', 'fed', 'cookie'] as const

export const methodSchema = z.enum(methods)

export type Method = z.infer<typeof methodSchema>

/** A method by which a credential proved right, and whose: a user name or object id as the journey knew it then. */
export const proofSchema = z.object({
  method: methodSchema,
  name: z.string(),
  /** When the person's sessions had last been ended, in epoch milliseconds; 0 for never. Earlier versions wrote none. */
  sessionsEndedAt: z.number().optional(),
})

export type Proof = z.infer<typeof proofSchema>

/** What proved right for somebody, in order and each once. Proofs of another name do not count for them. */
export function methodsOf(proofs: readonly Proof[], names: readonly string[]): Method[] {
  const own = new Set(names.map((name) => name.toLowerCase()))
  const theirs = proofs.filter(({ name }) => own.has(name.toLowerCase()))
  return [...new Set(theirs.map(({ method }) => method))]
}
