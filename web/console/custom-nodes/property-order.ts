import { isJsonObject, isSameJson, type JsonObject } from '../../api/json.ts'
import type { Versions } from '../saving/changes.ts'

/**
 * The versions with the `order` of only those properties that all of them have. Otherwise, two people who each add a property
 * would conflict.
 */
export function withCommonOrder({ base, mine, theirs }: Versions): Versions {
  const [inMine, inTheirs] = [new Set(namesOf(mine)), new Set(namesOf(theirs))]
  const common = new Set(namesOf(base).filter((name) => inMine.has(name) && inTheirs.has(name)))
  const narrowed = (document: JsonObject) => ({
    ...document,
    order: namesOf(document).filter((name) => common.has(name)),
  })
  return { base: narrowed(base), mine: narrowed(mine), theirs: narrowed(theirs) }
}

/** Puts the properties of a merged document in its `order`. Properties that the other side added are last. */
export function inMergedOrder(merged: JsonObject, { mine, theirs }: Versions): JsonObject {
  const { order = [], properties, ...rest } = merged
  if (!isJsonObject(properties)) return merged
  const first = isSameJson(order, theirs.order) ? theirs : mine
  const names = [...new Set([...namesOf(first), ...Object.keys(properties)])]
  const ordered = names.flatMap((name) => {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined
    return property === undefined ? [] : [[name, property] as const]
  })
  return { ...rest, properties: Object.fromEntries(ordered) }
}

/** The names of the properties, in their order. */
function namesOf({ properties }: JsonObject): string[] {
  return isJsonObject(properties) ? Object.keys(properties) : []
}
