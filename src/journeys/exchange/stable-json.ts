import { isJsonObject, type Json } from '../../base/json.ts'

/** Members whose order matters, because forms show them in it. */
const ordered: ReadonlySet<string> = new Set(['properties', 'options'])

/** JSON text that is the same for the same content: members are sorted unless their order matters. */
export function stableJson(value: Json): string {
  return `${JSON.stringify(sorted(value, ''), null, 2)}\n`
}

function sorted(value: Json, name: string): Json {
  if (Array.isArray(value)) return value.map((one) => sorted(one, ''))
  if (!isJsonObject(value)) return value
  const names = ordered.has(name) ? Object.keys(value) : Object.keys(value).toSorted()
  return Object.fromEntries(names.map((key) => [key, sorted(value[key] ?? null, key)]))
}
