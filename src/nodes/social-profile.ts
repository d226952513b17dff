import type { Json, JsonObject } from '../journey/json.ts'
import { attributeOf } from './object-attributes.ts'

/**
 * Attributes of a person by the claims that they are taken from, the first that there is. Sources: "Normalized
 * Profile to Managed User" of the vendor's scripts, and "Standard Claims" of OpenID Connect Core 5.1.
 */
const claimsOf: Readonly<Record<string, readonly string[]>> = {
  userName: ['email', 'preferred_username', 'sub'],
  givenName: ['given_name', 'first_name'],
  sn: ['family_name', 'last_name'],
  mail: ['email'],
  telephoneNumber: ['phone_number'],
  postalAddress: ['address/street_address'],
  city: ['address/locality'],
  stateProvince: ['address/region'],
  postalCode: ['address/postal_code'],
  country: ['address/country'],
}

/** What a provider tells of somebody, under the names that people's attributes have here. */
export function personFromClaims(claims: JsonObject): JsonObject {
  const found = Object.entries(claimsOf).flatMap(([attribute, names]): [string, Json][] => {
    const value = names.map((name) => attributeOf(claims, name)).find((each) => each !== null && each !== '')
    return value === undefined ? [] : [[attribute, value]]
  })
  return Object.fromEntries(found)
}
