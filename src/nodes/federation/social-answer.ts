import { z } from 'zod'
import type { JsonObject } from '../../base/json.ts'

/** The first value of each named parameter that is present. */
export function firstOf(
  parameters: Readonly<Record<string, string[]>>,
  names: readonly string[],
): Record<string, string> {
  const given = names.flatMap((name): [string, string][] => {
    const value = parameters[name]?.[0]
    return value === undefined ? [] : [[name, value]]
  })
  return Object.fromEntries(given)
}

/**
 * What the log says about a failed sign-in: the code that the provider answered with, or the rule of OpenID Connect that its
 * answer breaks. Nothing else of the library's errors, which may contain responses with tokens.
 */
export function problemOf(error: unknown): JsonObject {
  const chain = chainOf(error)
  const broken = chain.find(({ name }) => name === 'OperationProcessingError')
  const code = chain.find((each) => typeof each.error === 'string')?.error
  const [first] = chain
  return {
    message: typeof first?.message === 'string' ? first.message : 'unknown',
    ...(typeof code === 'string' ? { error: code } : {}),
    ...(typeof broken?.message === 'string' ? { reason: broken.message } : {}),
    ...issuersIn(broken),
  }
}

type Problem = Readonly<Record<string, unknown>>

/** The error and its causes, outermost first. */
function chainOf(error: unknown): Problem[] {
  if (!(error instanceof Error)) return []
  const { name, message, cause } = error
  return [{ name, message, cause, error: 'error' in error ? error.error : undefined }, ...chainOf(cause)]
}

/** Issuers are no secrets. */
function issuersIn(broken: Problem | undefined): JsonObject {
  const parsed = issuersSchema.safeParse(broken?.cause).data
  if (parsed === undefined || !String(broken?.message).includes('"iss"')) return {}
  const { expected, claims, parameters } = parsed
  return { claim: 'iss', expected, actual: String(claims?.iss ?? parameters?.get('iss') ?? '') }
}

const issuersSchema = z.object({
  expected: z.string(),
  claims: z.object({ iss: z.unknown() }).optional(),
  parameters: z.instanceof(URLSearchParams).optional(),
})
