import type { JsonObject } from '../../base/json.ts'
import type { Answer } from '../../engine/callbacks.ts'
import type { NodeLog } from '../../engine/node-type.ts'
import type { FailedPolicy, IdentityPort } from '../ports/ports.ts'

export type PolicyFailures = Readonly<Record<string, readonly FailedPolicy[]>>

/** AM's error if the policies could not be checked. */
export const noPolicyAnswer = 'Communication failure'

/** Errors of nodes that check policies. */
export const policyErrors = {
  error: { 'policy check failed': 'The identity store didn’t respond.' },
  fail: { [noPolicyAnswer]: 'The identity store could not check policies.' },
} as const

/** @returns the failed policies by attribute; undefined if the identity store didn't respond, which is logged */
export async function checkPolicies(
  { identities, log }: { identities: IdentityPort; log: NodeLog },
  values: JsonObject,
  id: string | undefined,
): Promise<PolicyFailures | undefined> {
  try {
    return await identities.checkPolicies(values, id)
  } catch (error) {
    log.error('policy check failed', error)
    return undefined
  }
}

/** The `failedPolicies` output: a list of JSON texts, which the vendor's SDKs parse one by one. */
export function failedPoliciesOutput(failures: readonly FailedPolicy[] = []): string[] {
  return failures.map((failure) => JSON.stringify(failure))
}

/** Whether the client only wants the value validated, without continuing. */
export function isValidateOnly(answer: Answer | undefined): boolean {
  return answer?.input.validateOnly === true
}
