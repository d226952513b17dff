import type { Json, JsonObject } from '../../base/json.ts'
import { nothingChosen } from '../../base/nothing-chosen.ts'
import { attributeOf } from '../identity-management/object-attributes.ts'

/**
 * Members of a normalized profile and the claims they are read from. `a/b` is a nested claim; the first claim that is present
 * wins.
 */
type Table = Readonly<Record<string, readonly string[]>>

/** Claims of OpenID Connect Core 5.1 and their common variants. */
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

/** Managed object attributes by members of a normalized profile. Source: "Normalized Profile to Managed User". */
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

/** Whether a script setting is empty, so that the standard tables apply. */
export function isUnset(script: string): boolean {
  return script === '' || script === nothingChosen
}

export function standardProfile(raw: JsonObject): JsonObject {
  return byTable(standard, raw)
}

export function standardPerson(normalized: JsonObject): JsonObject {
  return byTable(managedUser, normalized)
}

/**
 * Normalizes Apple's claims. Apple sends the name only once, and an email address of the person's choice.
 * @param isPadded fills in missing values, like the older version of the vendor's script
 * @throws Error if there is no email address and none is filled in
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

/** Whether the names of a normalized profile are missing or blank. */
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
