import type { SamlProfile } from '../ports/outside-ports.ts'

/** State key: what an identity provider tells of somebody, for the nodes that make or complete their account. */
export const userInfo = 'userInfo'

/** The attribute that links an account to the name that an identity provider has for it. */
export const infoKey = {
  name: 'sun-fm-saml2-nameid-infokey',
  value: ({ sp, idp, nameId }: SamlProfile) => [sp, idp, nameId.value].join('|'),
} as const

/** The same with everything that is known of the name. */
export const info = 'sun-fm-saml2-nameid-info'

/** What an account has to have to be linked. Source: "Link federated accounts". */
export function federationAttributes(profile: SamlProfile): Record<string, string[]> {
  const { sp, idp, nameId } = profile
  const { value, nameQualifier, format, spNameQualifier } = nameId
  const unset = 'null'
  const parts = [
    sp,
    idp,
    value,
    nameQualifier || unset,
    format || unset,
    unset,
    spNameQualifier || unset,
    'SPRole',
    'false',
  ]
  return { [infoKey.name]: [infoKey.value(profile)], [info]: [parts.join('|')] }
}
