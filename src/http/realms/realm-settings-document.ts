import { z } from 'zod'
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts'
import { type RealmSettings, realmSettingsSchema } from '../../realms/realm.ts'
import { withMaskedSecrets } from '../../realms/sealed-realms.ts'

/** Groups of settings that a write merges member by member. Other settings are replaced as a whole. */
const groups = new Set([
  'lockout',
  'limits',
  'passwordPolicy',
  'directory',
  'mail',
  'messaging',
  'locales',
  'selfService',
  'selfService.kba',
  'helpDesk',
  'oauth',
  'oauth.ciba',
  'oauth.scripts',
])

export const settingNames: readonly string[] = Object.keys(realmSettingsSchema.shape)

/** All settings of a realm in one document, without secrets. */
export function settingsDocument(settings: RealmSettings): JsonObject {
  // Settings are JSON, but the compiler doesn't accept their readonly lists.
  const masked = { ...settings, messaging: withMaskedSecrets(settings.messaging) }
  const plain: JsonObject = JSON.parse(JSON.stringify(masked))
  return { _id: '', ...plain }
}

/** The document after a write; omitted members keep their values. */
export function mergedSettings(existing: JsonObject, sent: JsonObject, path = ''): JsonObject {
  const changes = Object.entries(sent).filter(([name]) => !name.startsWith('_'))
  const merged = changes.map(([name, value]): [string, Json] => {
    const at = path === '' ? name : `${path}.${name}`
    const old = Object.hasOwn(existing, name) ? existing[name] : undefined
    const isGroup = groups.has(at) && isJsonObject(old) && isJsonObject(value)
    return [name, isGroup ? mergedSettings(old, value, at) : value]
  })
  const { _id: _, ...rest } = existing
  return { ...rest, ...Object.fromEntries(merged) }
}

/** JSON Schema for a form, with `propertyOrder`. */
export function settingsSchema(): JsonObject {
  const schema: JsonObject = JSON.parse(JSON.stringify(z.toJSONSchema(realmSettingsSchema, { io: 'input' })))
  return inOrder(schema)
}

/** Numbers the members of every object, because the order of JSON members is not reliable. */
function inOrder(schema: JsonObject): JsonObject {
  const { properties } = schema
  if (!isJsonObject(properties)) return schema
  const ordered = Object.entries(properties).map(([name, inner], place): [string, Json] => [
    name,
    isJsonObject(inner) ? { propertyOrder: (place + 1) * 100, ...inOrder(inner) } : inner,
  ])
  return { ...schema, properties: Object.fromEntries(ordered) }
}
