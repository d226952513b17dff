import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts'

/** Ids of re-created things: the id after the change by the id before it. Only those that differ. */
export type NewIds = ReadonlyMap<string, string>

/** Replaces ids of re-created things, so that references to them don't differ. Also inside JSON texts. */
function withNewIds(value: Json, ids: NewIds): Json {
  if (ids.size === 0) return value
  if (typeof value === 'string') return textWith(value, ids)
  if (Array.isArray(value)) return value.map((one) => withNewIds(one, ids))
  return isJsonObject(value) ? objectWith(value, ids) : value
}

export function objectWith(value: JsonObject, ids: NewIds): JsonObject {
  if (ids.size === 0) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withNewIds(member, ids)]))
}

function textWith(text: string, ids: NewIds): string {
  const known = ids.get(text)
  if (known !== undefined) return known
  // Such as a page's stage, which names its theme.
  return text.startsWith('{')
    ? text.replace(/"([^"\\]+)"/g, (all, id: string) => (ids.has(id) ? `"${ids.get(id)}"` : all))
    : text
}
