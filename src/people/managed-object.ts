import { isJsonObject, type Json, type JsonObject } from '../engine/json.ts'
import { badRequest } from '../errors.ts'
import type { Identity } from './identity.ts'

/** A person as the managed-object wire shows it; never a password. */
export type Person = JsonObject & { _id: string; _rev: string; userName: string; accountStatus: string }

/** What a managed object says about a person. `password` is set only where a new one was given. */
type PersonContent = {
  userName: string
  isActive: boolean
  attributes: JsonObject
  password: string | undefined
}

/** The managed object of an identity. */
export function personOf(identity: Omit<Identity, 'failures'>): Person {
  return {
    _id: identity.id,
    _rev: String(identity.rev),
    userName: identity.userName,
    accountStatus: identity.isActive ? 'active' : 'inactive',
    ...identity.attributes,
  }
}

/**
 * Reads a managed object. `_id`, `_rev` and other names with an underscore belong to us and are left out, as is `cn`,
 * which is made of the other names wherever there are any.
 * @throws RequestError 400 that names the field.
 */
export function contentOf(object: JsonObject): PersonContent {
  const { userName = null, accountStatus = 'active', password = null, ...others } = object
  if (typeof userName !== 'string' || userName === '') throw badRequest('userName must be a text')
  if (accountStatus !== 'active' && accountStatus !== 'inactive') {
    throw badRequest('accountStatus must be active or inactive')
  }
  if (password !== null && typeof password !== 'string') throw badRequest('password must be a text')
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

/** The value of an attribute, null when there is none; `parent/child` names one inside another. */
export function valueAt(object: Json, path: string): Json {
  return path.split('/').reduce<Json>((held, part) => {
    return isJsonObject(held) && Object.hasOwn(held, part) ? (held[part] ?? null) : null
  }, object)
}
