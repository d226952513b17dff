import { z } from 'zod'
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts'
import { linkBaseOf } from '../links.ts'
import { type RealmSettings, realmSettingsSchema } from '../realm.ts'

/** The settings after a write, or what is wrong with the written document. */
export type AppliedService = { settings: RealmSettings } | { error: z.ZodError }

/** One of AM's services: some realm settings under AM's names. All parts are pure. */
export type RealmService = {
  id: string
  name: string
  show(settings: RealmSettings): JsonObject
  /** The settings after a write of the document; omitted members, and those that are null, keep their values. */
  apply(settings: RealmSettings, body: JsonObject): AppliedService
  /** The settings after its removal, if `show` leaves out settings that are not set. */
  reset?(settings: RealmSettings): RealmSettings
  /** Like `show`, with what `show` leaves out because it is not set. For documents that say otherwise. */
  showAll?(settings: RealmSettings): JsonObject
}

/** Merges sections member by member. Those of `over` win. */
export function merged(under: JsonObject, over: JsonObject): JsonObject {
  const sections = Object.entries(over).map(([name, section]) => {
    const below = under[name]
    return [name, isJsonObject(below) && isJsonObject(section) ? { ...below, ...section } : section] as const
  })
  return { ...under, ...Object.fromEntries(sections) }
}

/**
 * The members that fulfil a condition, also in sections that both documents have.
 * @param isChosen gets a member, and the one of `other` at its place.
 */
export function chosenMembers(
  document: JsonObject,
  other: JsonObject,
  isChosen: (value: Json, other: Json | undefined) => boolean,
): JsonObject {
  const entries = Object.entries(document).flatMap(([name, value]): [string, Json][] => {
    const its = Object.hasOwn(other, name) ? other[name] : undefined
    if (!isJsonObject(its) || !isJsonObject(value)) return isChosen(value, its) ? [[name, value]] : []
    const members = Object.entries(value).filter(([member, one]) =>
      isChosen(one, Object.hasOwn(its, member) ? its[member] : undefined),
    )
    return members.length === 0 ? [] : [[name, Object.fromEntries(members)]]
  })
  return Object.fromEntries(entries)
}

/** Without members that are null, which is how AM's documents say that something is not set. */
export function withoutNulls(document: JsonObject): JsonObject {
  const members = Object.entries(document).filter(([, value]) => value !== null)
  return Object.fromEntries(
    members.map(([name, value]) => [name, isJsonObject(value) ? withoutNulls(value) : value]),
  )
}

/** Checks the settings that a service made. */
export function checkedService(before: RealmSettings, after: RealmSettings): AppliedService {
  const parsed = realmSettingsSchema.safeParse(after)
  if (!parsed.success) return { error: parsed.error }
  const { linkBaseUrl } = parsed.data
  const isForeign = linkBaseUrl !== '' && linkBaseOf(parsed.data) === undefined
  if (!isForeign || linkBaseUrl === before.linkBaseUrl) return { settings: parsed.data }
  const message = 'must have one of the hosts of the realm'
  return { error: new z.ZodError([{ code: 'custom', path: ['fixedValue'], message, input: linkBaseUrl }]) }
}
