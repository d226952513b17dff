import type { Answer } from '../../engine/callbacks.ts'
import type { JsonObject } from '../../engine/json.ts'
import type { NodeLog } from '../../engine/node-type.ts'
import type { FailedPolicy, IdentityPort } from '../ports/ports.ts'

export type PolicyFailures = Readonly<Record<string, readonly FailedPolicy[]>>

/** What nodes fail with when {@link checkPolicies} got no answer. */
export const noPolicyAnswer = 'Communication failure'

/** What nodes say that check policies. */
export const policyErrors = {
  error: { 'Policies could not be checked': 'The identity store gave no answer.' },
  fail: { [noPolicyAnswer]: 'The identity store gave no answer about policies.' },
} as const

/** @returns the failed policies by attribute; undefined when the identity store gave no answer, which is logged. */
export async function checkPolicies(
  { identities, log }: { identities: IdentityPort; log: NodeLog },
  values: JsonObject,
  id: string | undefined,
): Promise<PolicyFailures | undefined> {
  try {
    return await identities.checkPolicies(values, id)
  } catch (error) {
    log.error('Policies could not be checked', error)
    return undefined
  }
}

/** The `failedPolicies` output: a list of JSON texts, as the vendor's SDKs parse each by itself. */
export function failedPoliciesOutput(failures: readonly FailedPolicy[] = []): string[] {
  return failures.map((failure) => JSON.stringify(failure))
}

/** True when the client wants to know whether a value would do, and not yet to go on. */
export function isValidateOnly(answer: Answer | undefined): boolean {
  return answer?.input.validateOnly === true
}
