import { isDeepStrictEqual } from 'node:util'
import { RequestError } from '../../base/errors.ts'
import { nodeTypeNamed } from '../../nodes/catalogue.ts'
import type { RealmSettings } from '../../realms/realm.ts'
import { invalidAttribute } from '../configuration-resource.ts'
import { bodyObject, type Call } from '../route.ts'

type Settings = Pick<RealmSettings, 'standIns'>

/** Whether a call declares stand-ins that the realm doesn't have: they can let everyone pass a check. */
export function declaresStandIns(call: Call): boolean {
  const { standIns } = bodyObject(call)
  const isEmpty = standIns === undefined || (Array.isArray(standIns) && standIns.length === 0)
  return !isEmpty && !isDeepStrictEqual(standIns, plain(call.realm.settings.standIns))
}

/**
 * Refuses a change that the check for a recent sign-in has not seen, because another request changed the declarations.
 * @throws RequestError 409
 */
export function requireSameStandIns(call: Call, now: Settings, requested: Settings): void {
  const isSeen = isDeepStrictEqual(call.realm.settings.standIns, now.standIns)
  // rule S38: otherwise an old session declares again what another administrator just removed
  if (isSeen || isDeepStrictEqual(requested.standIns, now.standIns)) return
  throw new RequestError(409, 'Another request changed the stand-ins. Nothing was changed, try again')
}

/**
 * Refuses declarations for types that run here or that nobody knows. Those that were stored before stay valid.
 * @throws RequestError 400 with the path of each such type.
 */
export function refuseUnknownStandIns(before: Settings, after: Settings): void {
  const stored = new Set(before.standIns.map(({ type }) => type))
  const isKnown = (type: string) => stored.has(type) || nodeTypeNamed(type)?.standIn !== undefined
  const wrong = after.standIns.flatMap(({ type }, place) => (isKnown(type) ? [] : [place]))
  // rule S38: otherwise a built-in type can be declared
  if (wrong.length === 0) return
  const detail = wrong.map((place) => [`standIns.${place}.type`, 'must be a type that only has a stand-in'])
  throw invalidAttribute('standIns', Object.fromEntries(detail))
}

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}
