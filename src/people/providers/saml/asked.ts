import { z } from 'zod'
import type { ServiceProvider } from './entities.ts'
import type { VerifiedAssertion } from './read-assertion.ts'

/** What a request asked for, kept with the journey until its answer. */
export const askedSchema = z.object({
  requestId: z.string(),
  classes: z.array(z.string()).default([]),
  declarations: z.array(z.string()).default([]),
  authComparison: z.enum(['EXACT', 'MINIMUM', 'MAXIMUM', 'BETTER']).default('EXACT'),
  /** Set if the person had to authenticate again: when the request was made, in epoch milliseconds. */
  forcedAt: z.number().optional(),
})

export type Asked = z.infer<typeof askedSchema>

/**
 * Compares how the person authenticated with what was requested: providers may ignore the request. Source: "Assertions and
 * Protocols for SAML 2.0", 3.3.2.2.1 and 3.4.1.
 * @throws Error that names both.
 */
export function checkAsked(
  asked: Asked,
  answer: VerifiedAssertion,
  { assertionContent }: ServiceProvider,
): void {
  const { forcedAt } = asked
  const { assertionTimeSkew, authenticationContext } = assertionContent
  if (forcedAt !== undefined && answer.authnInstant + assertionTimeSkew * 1000 < forcedAt) {
    const [then, since] = [answer.authnInstant, forcedAt].map((time) => new Date(time).toISOString())
    throw new Error(`the person authenticated at ${then}, and not again since ${since}`)
  }
  const isByClass = asked.classes.length > 0
  const expected = isByClass ? asked.classes : asked.declarations
  if (expected.length === 0) return
  const actual = isByClass ? answer.contextClass : answer.contextDeclaration
  const levels = new Map(
    authenticationContext.authContextItems.map((one) => [one.contextReference, one.level]),
  )
  if (!isEnough(asked.authComparison, actual, expected, (name) => levels.get(name))) {
    const comparison = asked.authComparison.toLowerCase()
    throw new Error(
      `the authentication context is ${actual || '(none)'}, expected ${comparison}: ${expected.join(', ')}`,
    )
  }
}

/** The service provider's list says how strong contexts are. Other ones only compare as equal. */
function isEnough(
  comparison: Asked['authComparison'],
  actual: string,
  expected: readonly string[],
  levelOf: (name: string) => number | undefined,
): boolean {
  if (comparison !== 'BETTER' && expected.includes(actual)) return true
  const level = levelOf(actual)
  const levels = expected.flatMap((name) => levelOf(name) ?? [])
  if (level === undefined || levels.length < expected.length) return false
  if (comparison === 'MINIMUM') return level >= Math.min(...levels)
  if (comparison === 'MAXIMUM') return level <= Math.max(...levels)
  return comparison === 'BETTER' && level > Math.max(...levels)
}
