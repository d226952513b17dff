import type { SamlProfile } from '../ports/outside-ports.ts'

/** State key of the data that an identity provider sent about a person, for nodes that provision an account. */
export const userInfo = 'userInfo'

/** The attribute that links an account to a provider's name for it. */
export const infoKey = {
  name: 'sun-fm-saml2-nameid-infokey',
  value: ({ sp, idp, nameId }: SamlProfile) => [sp, idp, nameId.value].join('|'),
} as const

/** The attribute with everything known about that name. */
export const info = 'sun-fm-saml2-nameid-info'

/** The attributes of a linked account. Source: "Link federated accounts". */
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
