import type { Configuration, errors } from 'oidc-provider'
import { checkSignedRequest } from './fapi.ts'

type Feature = NonNullable<NonNullable<Configuration['features']>['requestObjects']>

/** More members than all parameters together. */
const maxMembers = 60

/** As much as a browser sends in an address. */
const maxLength = 8000

/**
 * Signed requests, sent by value. The library checks signature, client and audience, and refuses unsigned ones; it sets no limit
 * to what they contain. Source: RFC 9101.
 * @param now epoch milliseconds
 */
export function requestObjectsFeature({ InvalidRequestObject }: typeof errors, now: () => number): Feature {
  return {
    enabled: true,
    async assertJwtClaimsAndHeader(ctx, claims, header) {
      // rule S45: otherwise one address makes the server handle as many claims as fit into a request
      if (Object.keys(claims).length > maxMembers || JSON.stringify(claims).length > maxLength)
        throw new InvalidRequestObject('the request object has too many claims')
      const fault = checkSignedRequest(ctx, claims, header, now())
      if (fault !== undefined) throw new InvalidRequestObject(`the request object ${fault}`)
    },
  }
}
