import { badRequest } from '../base/errors.ts'
import { isJsonObject, type Json, type JsonObject } from '../base/json.ts'
import type { Identity } from './identity.ts'

/** A person as a managed object. Never includes a password. */
export type Person = JsonObject & { _id: string; _rev: string; userName: string; accountStatus: string }

/** The parsed content of a managed object. `password` is set only for a new password. */
type PersonContent = {
  userName: string
  isActive: boolean
  attributes: JsonObject
  password: string | undefined
}

export function personOf(identity: Omit<Identity, 'failures'>): Person {
  return {
    _id: identity.id,
    _rev: String(identity.rev),
    userName: identity.userName,
    accountStatus: identity.isActive ? 'active' : 'inactive',
    ...identity.attributes,
  }
}

/** Hashes of passwords as files of other systems have them: modular crypt format, PHC strings, and those of LDAP (RFC 2307). */
const passwordHash =
  /^(\$(2[abxy]?|[1567y]|argon2[a-z]*|scrypt|sha1|pbkdf2[\w-]*)\$|\{(s?sha\d*|s?md5|crypt|bcrypt|pkcs5s2|pbkdf2[\w-]*|argon2)\})[\w+/=$.,-]{13,}$/i

/** A hash would become the password, and a stolen list of hashes a list of passwords. @throws RequestError 400. */
export function requireNoHash({ password }: JsonObject): void {
  if (typeof password !== 'string' || !passwordHash.test(password)) return
  throw badRequest(
    'password must be a password, not the hash of one: see docs/operations.md, People from another system',
  )
}

/**
 * Parses a managed object. Drops `_id`, `_rev` and other members with an underscore, and computes `cn` from given name
 * and surname if there are any.
 * @throws RequestError 400 naming the field.
 */
export function contentOf(object: JsonObject): PersonContent {
  const { userName = null, accountStatus = 'active', password = null, ...others } = object
  if (typeof userName !== 'string' || userName === '') throw badRequest('userName must be a string')
  if (accountStatus !== 'active' && accountStatus !== 'inactive') {
    throw badRequest('accountStatus must be active or inactive')
  }
  if (password !== null && typeof password !== 'string') throw badRequest('password must be a string')
  requireNoHash(object)
  const kept = Object.entries(others).filter(([key, value]) => !key.startsWith('_') && value !== null)
  return {
    userName,
    isActive: accountStatus === 'active',
    attributes: withCommonName(Object.fromEntries(kept)),
    password: password ?? undefined,
  }
}

function withCommonName(attributes: JsonObject): JsonObject {
  const names = [attributes.givenName, attributes.sn].filter(
    (part) => typeof part === 'string' && part !== '',
  )
  return names.length === 0 ? attributes : { ...attributes, cn: names.join(' ') }
}

/** The value at a path such as `parent/child`; null if there is none. */
export function valueAt(object: Json, path: string): Json {
  return path.split('/').reduce<Json>((value, part) => {
    return isJsonObject(value) && Object.hasOwn(value, part) ? (value[part] ?? null) : null
  }, object)
}
