import type { Entry } from 'ldapts'
import { schemaProperty } from '../../../attributes/user-schema.ts'
import type { Json, JsonObject } from '../../../base/json.ts'
import type { DirectorySettings } from '../../../realms/directory-settings.ts'
import { contentOf } from '../../managed-object.ts'
import type { DirectoryPerson } from '../people-directory.ts'

/** Attributes with the username, the permanent id and the state, for each kind of directory. */
const kinds = {
  LDAP: { userName: 'uid', unique: 'entryUUID', state: undefined },
  ACTIVE_DIRECTORY: { userName: 'sAMAccountName', unique: 'objectGUID', state: 'userAccountControl' },
} as const

/** Attributes with bytes instead of text. */
export const binaryAttributes = [kinds.ACTIVE_DIRECTORY.unique]

const usualAttributes = ['mail', 'givenName', 'sn', 'telephoneNumber']

/** A bit of `userAccountControl`. Source: "UserAccountControl property flags" of Microsoft's documentation. */
const isDisabled = 2

/** The directory's attribute names, by the realm's. */
export type Names = { userName: string; unique: string; attributes: ReadonlyMap<string, string> }

/** Names from the settings, or those that are usual in directories of this kind. */
export function namesIn({ kind, userName, attributes }: DirectorySettings): Names {
  const usual = usualAttributes.map((name) => [name, name] as const)
  const chosen = attributes.map(({ here, there }) => [here, there] as const)
  return {
    userName: userName || kinds[kind].userName,
    unique: kinds[kind].unique,
    attributes: new Map(chosen.length > 0 ? chosen : usual),
  }
}

/** Attributes to request. */
export function requestedAttributes(names: Names, { kind }: DirectorySettings): string[] {
  const { state } = kinds[kind]
  return [names.userName, names.unique, ...names.attributes.values(), ...(state === undefined ? [] : [state])]
}

/** @returns undefined for an entry without a username or a permanent id. */
export function personIn(
  entry: Entry,
  names: Names,
  settings: DirectorySettings,
): DirectoryPerson | undefined {
  const valuesByName = new Map(
    Object.entries(entry).map(([name, value]) => [name.toLowerCase(), [value].flat()]),
  )
  const valuesOf = (name: string) => valuesByName.get(name.toLowerCase()) ?? []
  const [unique] = valuesOf(names.unique)
  const [userName] = valuesOf(names.userName)
  if (unique === undefined || userName === undefined || userName.length === 0) return undefined
  const attributes = [...names.attributes].flatMap(([here, there]) => {
    const texts = valuesOf(there).map(String)
    return texts.length === 0 ? [] : [[here, inSchema(here, texts)] as const]
  })
  const { state } = kinds[settings.kind]
  const flags = state && Number(valuesOf(state)[0] ?? 0)
  const person: JsonObject = { ...Object.fromEntries(attributes), userName: String(userName) }
  return {
    dn: entry.dn,
    unique: typeof unique === 'string' ? unique : unique.toString('hex'),
    userName: String(userName),
    isActive: flags === undefined ? undefined : (flags & isDisabled) === 0,
    attributes: contentOf(person).attributes,
  }
}

/** Converts to the type in the schema: one text or a list. */
function inSchema(name: string, texts: readonly string[]): Json {
  const isList =
    schemaProperty(name)?.type === 'array' || (schemaProperty(name) === undefined && texts.length > 1)
  return isList ? [...texts] : (texts[0] ?? null)
}
