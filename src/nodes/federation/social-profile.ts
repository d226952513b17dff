import type { Json, JsonObject } from '../../engine/json.ts'
import { attributeOf } from '../identity-management/object-attributes.ts'

/** Members of a normalized profile by where a provider has them: `a/b` is a member of a member, the first counts. */
type Table = Readonly<Record<string, readonly string[]>>

/** Claims of OpenID Connect Core 5.1, and what others call the same. */
const standard: Table = {
  id: ['sub', 'id'],
  displayName: ['name'],
  givenName: ['given_name', 'first_name'],
  familyName: ['family_name', 'last_name'],
  photoUrl: ['picture'],
  email: ['email'],
  username: ['email', 'preferred_username', 'sub', 'id'],
  locale: ['locale'],
  phone: ['phone_number'],
  postalAddress: ['address/street_address'],
  addressLocality: ['address/locality'],
  addressRegion: ['address/region'],
  postalCode: ['address/postal_code'],
  country: ['address/country'],
}

/** Members of a person by those of a normalized profile. Source: "Normalized Profile to Managed User". */
const managedUser: Table = {
  givenName: ['givenName'],
  sn: ['familyName'],
  mail: ['email'],
  userName: ['username'],
  postalAddress: ['postalAddress'],
  city: ['addressLocality'],
  stateProvince: ['addressRegion'],
  postalCode: ['postalCode'],
  country: ['country'],
  telephoneNumber: ['phone'],
}

/** Whether a script setting names no script: then the standard tables apply. */
export function isUnset(script: string): boolean {
  return script === '' || script === '[Empty]'
}

/** The normalized profile of a provider without a script. */
export function standardProfile(raw: JsonObject): JsonObject {
  return byTable(standard, raw)
}

/** The person that a normalized profile becomes without a script. */
export function standardPerson(normalized: JsonObject): JsonObject {
  return byTable(managedUser, normalized)
}

/**
 * Apple tells a name once, and an address of the person's choice.
 * @param isPadded whether what is missing is filled in, as the older version of the vendor's script does.
 * @throws Error when there is no address and none is filled in.
 */
export function appleProfile(raw: Json | undefined, isPadded: boolean): JsonObject {
  const subject = attributeOf(raw ?? null, 'sub')
  const email = text(raw, 'email')
  const [first, last] = [text(raw, 'name/firstName'), text(raw, 'name/lastName')]
  if (email === undefined && !isPadded) throw new Error('Email is required')
  const missing = isPadded ? ' ' : undefined
  const parts = [first, last].filter((part) => part?.trim())
  return {
    id: subject,
    displayName: parts.length === 0 ? ' ' : parts.join(' '),
    email: email ?? 'change@me.com',
    ...optional('givenName', first ?? missing),
    ...optional('familyName', last ?? missing),
    username: email ?? subject,
  }
}

/** Whether a normalized profile has neither name, or blank ones. */
export function isNameless(normalized: Json | undefined): boolean {
  return !text(normalized, 'givenName')?.trim() && !text(normalized, 'familyName')?.trim()
}

function byTable(table: Table, raw: JsonObject): JsonObject {
  const entries = Object.entries(table).flatMap(([name, places]): [string, Json][] => {
    const value = places.map((place) => attributeOf(raw, place)).find((each) => each !== null && each !== '')
    return value === undefined ? [] : [[name, value]]
  })
  return Object.fromEntries(entries)
}

function optional(name: string, value: string | undefined): JsonObject {
  return value === undefined ? {} : { [name]: value }
}

function text(profile: Json | undefined, place: string): string | undefined {
  const value = attributeOf(profile ?? null, place)
  return typeof value === 'string' ? value : undefined
}
