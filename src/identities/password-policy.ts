import type { Policy } from './policies.ts'

/** What a realm wants of the passwords of its people. Lengths and counts are characters. */
export type PasswordPolicy = {
  minLength: number
  maxLength: number
  minCapitals: number
  minNumbers: number
  mayContainUserName: boolean
}

export const defaultPasswordPolicy: PasswordPolicy = {
  minLength: 8,
  maxLength: 64,
  minCapitals: 0,
  minNumbers: 0,
  mayContainUserName: false,
}

/** The policies that the vendor's identity management has for it. */
export function passwordPolicies(wanted: PasswordPolicy): Policy[] {
  const { minLength, maxLength, minCapitals, minNumbers, mayContainUserName } = wanted
  return [
    { policyId: 'minimum-length', params: { minLength } },
    { policyId: 'maximum-length', params: { maxLength } },
    ...(minCapitals > 0 ? [{ policyId: 'at-least-X-capitals', params: { numCaps: minCapitals } }] : []),
    ...(minNumbers > 0 ? [{ policyId: 'at-least-X-numbers', params: { numNums: minNumbers } }] : []),
    ...(mayContainUserName
      ? []
      : [{ policyId: 'cannot-contain-others', params: { disallowedFields: ['userName'] } }]),
  ]
}
