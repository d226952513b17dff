import { z } from 'zod'
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts'
import { suggestion } from '../../base/suggestion.ts'
import { realmSettingsSchema } from '../../realms/realm.ts'

const described: { schema?: JsonObject } = {}

/**
 * The title of a realm setting, as on the page of the settings. @param path the names of its groups, and its own.
 * @returns its name if it has no title.
 */
export function settingTitle(path: readonly string[]): string {
  let at: Json | undefined = settingsJsonSchema()
  for (const name of path) at = propertiesOf(at)?.[name]
  const title = isJsonObject(at) ? at.title : undefined
  return typeof title === 'string' && title !== '' ? title : (path.at(-1) ?? '')
}

/** The members of realm settings that don't exist, each with a sentence. Names that begin with `_` are of REST. */
export function unknownSettings(
  settings: Json,
  schema: Json | undefined = settingsJsonSchema(),
  path: readonly PropertyKey[] = [],
): { path: readonly PropertyKey[]; message: string }[] {
  if (Array.isArray(settings)) {
    const items = isJsonObject(schema) ? schema.items : undefined
    return settings.flatMap((one, place) => unknownSettings(one, items, [...path, place]))
  }
  const known = propertiesOf(schema)
  if (!isJsonObject(settings) || known === undefined) return []
  return Object.entries(settings)
    .filter(([name]) => !name.startsWith('_'))
    .flatMap(([name, value]) =>
      Object.hasOwn(known, name)
        ? unknownSettings(value, known[name], [...path, name])
        : [{ path: [...path, name], message: `'${name}' is unknown${suggestion(name, Object.keys(known))}` }],
    )
}

function settingsJsonSchema(): JsonObject {
  const schema =
    described.schema ?? JSON.parse(JSON.stringify(z.toJSONSchema(realmSettingsSchema, { io: 'input' })))
  described.schema = schema
  return schema
}

/** Of a group, or of a group that can be null or have one of several forms. */
function propertiesOf(schema: Json | undefined): JsonObject | undefined {
  if (!isJsonObject(schema)) return undefined
  const { properties, anyOf = [], oneOf = [] } = schema
  const choices = [anyOf, oneOf].flat().filter(isJsonObject)
  const all = [properties, ...choices.map((choice) => choice.properties)].filter(isJsonObject)
  return all.length === 0 ? undefined : Object.assign({}, ...all)
}
