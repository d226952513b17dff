export type Json = null | boolean | number | string | Json[] | JsonObject

export type JsonObject = { [member: string]: Json }

/** Whether two values have the same JSON. Ignores the order of members and undefined members. */
export function isSameJson(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (Array.isArray(one) || Array.isArray(other)) {
    if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false
    return one.every((value, at) => isSameJson(value, other[at]))
  }
  const members = new Map(Object.entries(one).filter(([, value]) => value !== undefined))
  const others = Object.entries(other).filter(([, value]) => value !== undefined)
  if (members.size !== others.length) return false
  return others.every(([name, value]) => members.has(name) && isSameJson(members.get(name), value))
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
