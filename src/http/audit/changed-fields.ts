import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts'

/** Maximum depth of reported names: `nodes.<id>` and `lockout.maxFailures`. Deeper members may be content rather than names. */
const maxDepth = 2

/** Members that the server computes. */
const ours = /^(draft\.)?(_(id|rev|type|outcomes|findings)|saves|saved\w+|isDefault|isBehind)(\.|$)/

/** The names of members that differ, `parent.child` for nested ones. Omits values, which may be secrets. */
export function changedFields(before: JsonObject, after: JsonObject): string[] {
  return differences(before, after, 1).filter((name) => !ours.test(name))
}

function differences(before: JsonObject, after: JsonObject, depth: number): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted()
  return names.flatMap((name) => {
    const [left, right] = [own(before, name), own(after, name)]
    if (JSON.stringify(left) === JSON.stringify(right)) return []
    if (depth === maxDepth || !isJsonObject(left) || !isJsonObject(right)) return [name]
    return differences(left, right, depth + 1).map((inner) => `${name}.${inner}`)
  })
}

function own(object: JsonObject, name: string): Json {
  return Object.hasOwn(object, name) ? (object[name] ?? null) : null
}
