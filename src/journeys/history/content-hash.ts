import { isJsonObject, type Json } from '../../base/json.ts'
import { digest } from '../../secrets/digest.ts'

/** Independent of the order of members. @param ignored names of members that don't count. */
export function contentHash(content: unknown, ignored: readonly string[] = []): string {
  const counted = (name: string, value: unknown) => (ignored.includes(name) ? undefined : value)
  const plain: Json = JSON.parse(JSON.stringify(content, counted))
  return digest(JSON.stringify(sorted(plain)))
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted)
  if (!isJsonObject(value)) return value
  const names = Object.keys(value).toSorted()
  return Object.fromEntries(names.map((name) => [name, sorted(value[name] ?? null)]))
}
