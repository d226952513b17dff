import type { Policy } from './policies.ts'

/** The password policy of a realm. Lengths and counts are in characters. */
export type PasswordPolicy = {
  minLength: number
  maxLength: number
  minCapitals: number
  minNumbers: number
  mayContainUserName: boolean
  /** URL of a range service for breached passwords; empty turns the check off. */
  breachService: string
  /** Refuses passwords that could not be checked for breaches. */
  breachServiceMustAnswer: boolean
  /** Publicly known words about the realm, such as the organisation's name. */
  contextWords?: readonly string[]
}

/** Used without a realm. The defaults of realms are in `people-settings.ts`. */
export const defaultPasswordPolicy: PasswordPolicy = {
  minLength: 8,
  maxLength: 64,
  minCapitals: 0,
  minNumbers: 0,
  mayContainUserName: false,
  breachService: '',
  breachServiceMustAnswer: false,
}

/** The policies as PingIDM names them, and two of our own (`not-common`, `not-breached`). */
export function passwordPolicies(policy: PasswordPolicy): Policy[] {
  const { minLength, maxLength, minCapitals, minNumbers, mayContainUserName, breachService } = policy
  return [
    { policyId: 'minimum-length', params: { minLength } },
    { policyId: 'maximum-length', params: { maxLength } },
    ...(minCapitals > 0 ? [{ policyId: 'at-least-X-capitals', params: { numCaps: minCapitals } }] : []),
    ...(minNumbers > 0 ? [{ policyId: 'at-least-X-numbers', params: { numNums: minNumbers } }] : []),
    ...(mayContainUserName
      ? []
      : [{ policyId: 'cannot-contain-others', params: { disallowedFields: ['userName'] } }]),
    { policyId: 'not-common' },
    // Last, so that the service is only asked about passwords that are otherwise valid.
    ...(breachService === '' ? [] : [{ policyId: 'not-breached' }]),
  ]
}
