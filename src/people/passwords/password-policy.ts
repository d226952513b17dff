import type { Policy } from './policies.ts'

/** What a realm wants of the passwords of its people. Lengths and counts are characters. */
export type PasswordPolicy = {
  minLength: number
  maxLength: number
  minCapitals: number
  minNumbers: number
  mayContainUserName: boolean
  /** Address of a range service for passwords known from breaches; empty asks nobody. */
  breachService: string
  /** Whether a password that could not be checked is refused. */
  breachServiceMustAnswer: boolean
  /** Words that everybody knows of the realm, such as the organisation's name. */
  contextWords?: readonly string[]
}

/** Where there is no realm. Realms have a default of their own, in `people-settings.ts`. */
export const defaultPasswordPolicy: PasswordPolicy = {
  minLength: 8,
  maxLength: 64,
  minCapitals: 0,
  minNumbers: 0,
  mayContainUserName: false,
  breachService: '',
  breachServiceMustAnswer: false,
}

/** The policies that the vendor's identity management has for it, and two of ours. */
export function passwordPolicies(wanted: PasswordPolicy): Policy[] {
  const { minLength, maxLength, minCapitals, minNumbers, mayContainUserName, breachService } = wanted
  return [
    { policyId: 'minimum-length', params: { minLength } },
    { policyId: 'maximum-length', params: { maxLength } },
    ...(minCapitals > 0 ? [{ policyId: 'at-least-X-capitals', params: { numCaps: minCapitals } }] : []),
    ...(minNumbers > 0 ? [{ policyId: 'at-least-X-numbers', params: { numNums: minNumbers } }] : []),
    ...(mayContainUserName
      ? []
      : [{ policyId: 'cannot-contain-others', params: { disallowedFields: ['userName'] } }]),
    { policyId: 'not-common' },
    // The last: nobody outside is asked about what is refused anyway.
    ...(breachService === '' ? [] : [{ policyId: 'not-breached' }]),
  ]
}
