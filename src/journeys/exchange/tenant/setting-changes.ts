import { type JsonObject, jsonObjectSchema } from '../../../engine/json.ts'
import type { RealmSettings } from '../../../realms/realm.ts'
import { documentChanges } from '../../compare/document-changes.ts'
import { settingTitle } from '../../compare/setting-titles.ts'
import { bounded, shortened } from '../plan-changes.ts'

/** Settings that let people or pages in, or send people elsewhere. */
const opening = ['defaultJourney', 'successUrl', 'failureUrl', 'linkBaseUrl'] as const
const openingLists = ['corsOrigins', 'corsHeaders', 'allowedUrls', 'visibleSessionProperties'] as const

/** What changes in the settings of a realm, in words. What opens something comes first and is complete. */
export function settingChanges(before: RealmSettings, after: RealmSettings): string[] {
  const added = openingLists.flatMap((name) => addedTo(settingTitle([name]), before[name], after[name]))
  const open = [...wordsOf(only(before, opening), only(after, opening)), ...added, ...contexts(before, after)]
  const removed = openingLists.flatMap((name) => removedFrom(settingTitle([name]), before[name], after[name]))
  const others = [...removed, ...wordsOf(without(before), without(after))]
  const first = open.map(shortened)
  return first.length > 0 && others.length === 0 ? first : [...first, ...bounded(others)]
}

/** One line for each added value, so that a long list hides none. */
function addedTo(title: string, before: readonly string[], after: readonly string[]): string[] {
  return after.filter((one) => !before.includes(one)).map((one) => `${title}: added "${one}"`)
}

function removedFrom(title: string, before: readonly string[], after: readonly string[]): string[] {
  return before.filter((one) => !after.includes(one)).map((one) => `${title}: removed "${one}"`)
}

/** Journeys that prove an authentication context to applications. */
function contexts(before: RealmSettings, after: RealmSettings): string[] {
  const lines = ({ oauth }: RealmSettings) => oauth.contexts.map(({ acr, journey }) => `${acr} by ${journey}`)
  return addedTo('Authentication contexts', lines(before), lines(after))
}

function wordsOf(before: JsonObject, after: JsonObject): string[] {
  const documentOf = (document: JsonObject) => ({ kind: 'realmSettings', id: 'settings', document })
  const nothing = { ids: new Map<string, string>(), names: new Map<string, string>() }
  const { changes, unknown } = documentChanges(documentOf(before), documentOf(after), nothing)
  return [...changes, ...unknown].map(({ words }) => words)
}

function only(settings: RealmSettings, names: readonly (keyof RealmSettings)[]): JsonObject {
  return jsonObjectSchema.parse(Object.fromEntries(names.map((name) => [name, settings[name]])))
}

function without(settings: RealmSettings): JsonObject {
  const left: ReadonlySet<string> = new Set([...opening, ...openingLists])
  return jsonObjectSchema.parse(
    Object.fromEntries(Object.entries(settings).filter(([name]) => !left.has(name))),
  )
}
