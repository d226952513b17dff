import type { Configuration, errors } from 'oidc-provider'

type Feature = NonNullable<NonNullable<Configuration['features']>['requestObjects']>

/** More members than all parameters together. */
const maxMembers = 60

/** As much as a browser sends in an address. */
const maxLength = 8000

/**
 * Signed requests, sent by value. The library checks signature, client and audience, and refuses unsigned ones; it sets no limit
 * to what they contain. Source: RFC 9101.
 */
export function requestObjectsFeature({ InvalidRequestObject }: typeof errors): Feature {
  return {
    enabled: true,
    async assertJwtClaimsAndHeader(_ctx, claims) {
      // rule S45: otherwise one address makes the server handle as many claims as fit into a request
      if (Object.keys(claims).length > maxMembers || JSON.stringify(claims).length > maxLength)
        throw new InvalidRequestObject('the request object has too many claims')
    },
  }
}
