import { isJsonObject, type Json, type JsonObject, jsonObjectSchema } from '../../../base/json.ts'
import type { RealmSettings } from '../../../realms/realm.ts'
import { documentChanges } from '../../compare/document-changes.ts'
import { settingTitle } from '../../compare/setting-titles.ts'
import { bounded, shortened } from '../plan-changes.ts'

/** Settings that let people or pages in, or send people elsewhere. */
const opening = ['defaultJourney', 'successUrl', 'failureUrl', 'linkBaseUrl'] as const
// rule S63: otherwise a plan sums up many origins
const openingLists = ['corsOrigins', 'corsHeaders', 'allowedUrls', 'visibleSessionProperties'] as const

/** Settings of OAuth2 that give applications or strangers more. */
const openingOauth = [
  'registration',
  'scripts',
  'impliedConsent',
  'requirePkce',
  'requirePushedRequests',
] as const
const openingOauthLists = ['grantTypes', 'responseTypes', 'supportedScopes'] as const

/** What changes in the settings of a realm, in words. What opens something comes first and is complete. */
export function settingChanges(before: RealmSettings, after: RealmSettings): string[] {
  const added = openingLists.flatMap((name) => addedTo(settingTitle([name]), before[name], after[name]))
  const open = [
    ...wordsOf(picked(before, opening), picked(after, opening)),
    ...added,
    ...applications(before, after),
  ]
  const removed = openingLists.flatMap((name) => removedFrom(settingTitle([name]), before[name], after[name]))
  const others = [...removed, ...wordsOf(without(before), without(after))]
  const first = open.map(shortened)
  return first.length > 0 && others.length === 0 ? first : [...first, ...bounded(others)]
}

type NumberPath<Group> = {
  [Name in keyof Group & string]: Group[Name] extends number ? [Name] : never
}[keyof Group & string]

/** A setting that is a number, or one inside a group. */
type Path =
  | NumberPath<RealmSettings>
  | {
      [Name in keyof RealmSettings & string]: [Name, ...NumberPath<RealmSettings[Name]>]
    }[keyof RealmSettings & string]

/** Numbers that protect less when they are lower. */
const floors: readonly Path[] = [
  ['lockout', 'windowSeconds'],
  ['lockout', 'lockSeconds'],
  ['passwordPolicy', 'minLength'],
  ['passwordPolicy', 'minCapitals'],
  ['passwordPolicy', 'minNumbers'],
]

/** Numbers that protect less when they are higher, and not at all at 0. */
const switched: readonly Path[] = [
  ['lockout', 'maxFailures'],
  ['limits', 'failuresPerAddress'],
  ['freshSignInMinutes'],
]

/** Numbers that protect less when they are higher. */
const ceilings: readonly Path[] = [
  ['lockout', 'maxFailuresInARow'],
  ['maxIdleMinutes'],
  ['maxSessionMinutes'],
  ['journeyMinutes'],
]

/** The changes that protect a realm less, in words. */
export function weakerSettings(before: RealmSettings, after: RealmSettings): string[] {
  const [was, is] = [jsonObjectSchema.parse(before), jsonObjectSchema.parse(after)]
  const number = (settings: JsonObject, path: readonly string[]) => Number(valueAt(settings, path))
  const paths = [
    ...switched.filter((path) => (number(is, path) || Infinity) > (number(was, path) || Infinity)),
    ...ceilings.filter((path) => number(is, path) > number(was, path)),
    ...floors.filter((path) => number(is, path) < number(was, path)),
  ]
  return paths.flatMap((path) => wordsOf(alone(was, path), alone(is, path)))
}

function valueAt(settings: JsonObject, [name = '', ...inner]: readonly string[]): Json | undefined {
  const value = settings[name]
  return inner.length > 0 && isJsonObject(value) ? valueAt(value, inner) : value
}

/** One setting inside its groups. */
function alone(settings: JsonObject, [name = '', ...inner]: readonly string[]): JsonObject {
  const value = settings[name] ?? null
  return { [name]: inner.length > 0 && isJsonObject(value) ? alone(value, inner) : value }
}

/** One line for each added value, so that a long list hides none. */
function addedTo(title: string, before: readonly string[], after: readonly string[]): string[] {
  return after.filter((one) => !before.includes(one)).map((one) => `${title}: added "${one}"`)
}

function removedFrom(title: string, before: readonly string[], after: readonly string[]): string[] {
  return before.filter((one) => !after.includes(one)).map((one) => `${title}: removed "${one}"`)
}

/** What changes for applications. Lists that become empty restrict nothing, so that their values count as well. */
function applications(before: RealmSettings, after: RealmSettings): string[] {
  const part = ({ oauth }: RealmSettings) => ({ oauth: picked(oauth, openingOauth) })
  const lists = openingOauthLists.flatMap((name) => {
    const [title, was, is] = [settingTitle(['oauth', name]), before.oauth[name], after.oauth[name]]
    return [...addedTo(title, was, is), ...removedFrom(title, was, is)]
  })
  // rule S63: otherwise a plan hides what changes for applications
  return [...wordsOf(part(before), part(after)), ...lists, ...contexts(before, after)]
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

function picked<Name extends string>(group: { [name in Name]: unknown }, names: readonly Name[]): JsonObject {
  return jsonObjectSchema.parse(Object.fromEntries(names.map((name) => [name, group[name]])))
}

function without(settings: RealmSettings): JsonObject {
  const { oauth, ...others } = settings
  const ofOauth = left(oauth, [...openingOauth, ...openingOauthLists])
  return { ...left(others, [...opening, ...openingLists]), oauth: ofOauth }
}

function left(group: object, names: readonly string[]): JsonObject {
  const members = Object.entries(group).filter(([name]) => !names.includes(name))
  return jsonObjectSchema.parse(Object.fromEntries(members))
}
