import { z } from 'zod'
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts'
import { realmSettingsSchema } from '../../realms/realm.ts'

const described: { schema?: JsonObject } = {}

/**
 * The title of a realm setting, as on the page of the settings. @param path the names of its groups, and its own.
 * @returns its name if it has no title.
 */
export function settingTitle(path: readonly string[]): string {
  described.schema ??= JSON.parse(JSON.stringify(z.toJSONSchema(realmSettingsSchema, { io: 'input' })))
  let at: Json | undefined = described.schema
  for (const name of path) at = propertiesOf(at)?.[name]
  const title = isJsonObject(at) ? at.title : undefined
  return typeof title === 'string' && title !== '' ? title : (path.at(-1) ?? '')
}

/** Of a group, or of a group that can be null. */
function propertiesOf(schema: Json | undefined): JsonObject | undefined {
  if (!isJsonObject(schema)) return undefined
  const { properties, anyOf } = schema
  const choices = Array.isArray(anyOf) ? anyOf.filter(isJsonObject) : []
  return [properties, ...choices.map((choice) => choice.properties)].find(isJsonObject)
}
