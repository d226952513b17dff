import type { Json, JsonObject } from '../journey/json.ts'
import { attributeOf } from './object-attributes.ts'

/** Members of a normalized profile by where a provider has them: `a/b` is a member of a member, the first counts. */
type Table = Readonly<Record<string, readonly string[]>>

const google: Table = {
  id: ['sub'],
  displayName: ['name'],
  givenName: ['given_name'],
  familyName: ['family_name'],
  photoUrl: ['picture'],
  email: ['email'],
  username: ['email'],
  locale: ['locale'],
}

const facebook: Table = {
  id: ['id'],
  displayName: ['name'],
  givenName: ['first_name'],
  familyName: ['last_name'],
  photoUrl: ['picture/data/url'],
  email: ['email'],
  username: ['email'],
}

const microsoft: Table = {
  id: ['id'],
  displayName: ['displayName'],
  givenName: ['givenName'],
  familyName: ['surname'],
  email: ['userPrincipalName'],
  username: ['userPrincipalName'],
}

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

/**
 * What the vendor's scripts make of a profile, by the ids that they have in every realm: exports name them and seldom
 * carry them. Source: "Sample scripts", the profile normalizations.
 */
const normalizations: Readonly<Record<string, (raw: JsonObject) => JsonObject>> = {
  '58d29080-4563-480b-89bb-1e7719776a21': (raw) => byTable(google, raw),
  'bae1d54a-e97d-4997-aa5d-c027f21af82c': (raw) => byTable(facebook, raw),
  '73cecbfc-dad0-4395-be6a-6858ee3a80e5': (raw) => byTable(microsoft, raw),
  '484e6246-dbc6-4288-97e6-54e55431402e': (raw) => appleProfile(raw, false),
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

/** What a setting says that names no script. */
const unset: readonly string[] = ['', '[Empty]']

/** The vendor's `Normalized Profile to Managed User`. */
const toManagedUser = '58c824ae-84ed-4724-82cd-db128fc3f6c'

/**
 * The normalized profile, by a script of the vendor or by none.
 * @returns undefined for another script.
 */
export function knownNormalization(script: string): ((raw: JsonObject) => JsonObject) | undefined {
  if (unset.includes(script)) return (raw) => byTable(standard, raw)
  return Object.hasOwn(normalizations, script) ? normalizations[script] : undefined
}

/**
 * The person that a normalized profile becomes, by the vendor's script or by none.
 * @returns undefined for another script.
 */
export function knownPerson(script: string): ((normalized: JsonObject) => JsonObject) | undefined {
  const isKnown = unset.includes(script) || script === toManagedUser
  return isKnown ? (normalized) => byTable(managedUser, normalized) : undefined
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
