import type { Json, JsonObject } from '../../api/json.ts'
import type { Setting } from '../../api/setting.ts'

export type KnownSettings = Readonly<Record<string, Partial<Setting>>>

/** The form of a document that has no schema: known settings first, then all others, each by the type of its value. */
export function schemaOf(document: JsonObject, known: KnownSettings): Setting {
  const others = Object.keys(document).filter((name) => !name.startsWith('_') && !(name in known))
  const properties = [...Object.keys(known), ...others].map((name, propertyOrder): [string, Setting] => [
    name,
    { title: name, description: '', propertyOrder, ...typeOf(document[name]), ...known[name] },
  ])
  return { title: '', description: '', propertyOrder: 0, properties: Object.fromEntries(properties) }
}

/** A value without a type of its own is shown as JSON. */
function typeOf(value: Json | undefined): Partial<Setting> {
  const text = { title: '', description: '', propertyOrder: 0, type: 'string' }
  if (Array.isArray(value))
    return value.every((item) => typeof item === 'string') ? { type: 'array', items: text } : {}
  return value === undefined || value === null || typeof value === 'object' ? {} : { type: typeof value }
}
