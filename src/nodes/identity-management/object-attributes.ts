import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts'
import type { NodeState } from '../../engine/node-state.ts'

/** State key of the attributes collected for a managed object. */
export const container = 'objectAttributes'

/** The value of an attribute, or null. `parent/child` names a nested attribute. */
export function attributeOf(object: Json, name: string): Json {
  return name.split('/').reduce<Json>((existing, part) => {
    return isJsonObject(existing) && Object.hasOwn(existing, part) ? (existing[part] ?? null) : null
  }, object)
}

/** A copy with one attribute set. */
export function withAttribute(object: JsonObject, name: string, value: Json): JsonObject {
  const [first = '', ...rest] = name.split('/')
  if (rest.length === 0) return { ...object, [first]: value }
  const existing = Object.hasOwn(object, first) ? object[first] : undefined
  return { ...object, [first]: withAttribute(isJsonObject(existing) ? existing : {}, rest.join('/'), value) }
}

/** A copy without one attribute. A leading slash in the name is ignored. */
export function withoutAttribute(object: JsonObject, name: string): JsonObject {
  const [first = '', ...rest] = name.replace(/^\//, '').split('/')
  const { [first]: existing, ...others } = object
  if (rest.length === 0 || existing === undefined) return others
  return isJsonObject(existing) ? { ...others, [first]: withoutAttribute(existing, rest.join('/')) } : object
}

/**
 * The value of an attribute in state. A top-level key was set by the journey and takes precedence over
 * `objectAttributes`, which people typed in.
 */
export function attributeInState(state: NodeState, name: string): Json {
  const existing = state.get(name)
  return existing === null ? attributeOf(state.getObject(container), name) : existing
}

/** Stores an attribute under `objectAttributes` and removes it from the other parts of state. */
export function storeAttribute(
  state: NodeState,
  part: 'shared' | 'transient',
  name: string,
  value: Json,
): void {
  const existing = state.getObject(container)
  const [top = ''] = name.split('/')
  const changed = withAttribute(isJsonObject(existing) ? existing : {}, name, value)
  const values = { [container]: { [top]: changed[top] ?? null } }
  if (part === 'shared') state.mergeShared(values)
  else state.mergeTransient(values)
}
