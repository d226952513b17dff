import { isJsonObject, type Json, type JsonObject } from '../../engine/json.ts'
import type { NodeState } from '../../engine/node-state.ts'

/** Where nodes collect what will become a managed object. */
export const container = 'objectAttributes'

/** The value of an attribute; `parent/child` names one inside another. null when there is none. */
export function attributeOf(object: Json, name: string): Json {
  return name.split('/').reduce<Json>((held, part) => {
    return isJsonObject(held) && Object.hasOwn(held, part) ? (held[part] ?? null) : null
  }, object)
}

/** The object with one attribute set. */
export function withAttribute(object: JsonObject, name: string, value: Json): JsonObject {
  const [first = '', ...rest] = name.split('/')
  if (rest.length === 0) return { ...object, [first]: value }
  const held = Object.hasOwn(object, first) ? object[first] : undefined
  return { ...object, [first]: withAttribute(isJsonObject(held) ? held : {}, rest.join('/'), value) }
}

/** The object without one attribute; a leading slash in its name, as in a pointer, says nothing. */
export function withoutAttribute(object: JsonObject, name: string): JsonObject {
  const [first = '', ...rest] = name.replace(/^\//, '').split('/')
  const { [first]: held, ...others } = object
  if (rest.length === 0 || held === undefined) return others
  return isJsonObject(held) ? { ...others, [first]: withoutAttribute(held, rest.join('/')) } : object
}

/**
 * An attribute as the journey knows it. What stands at the top level comes from the journey and goes before
 * what people typed in, which lies under `objectAttributes`.
 */
export function attributeInState(state: NodeState, name: string): Json {
  const held = state.get(name)
  return held === null ? attributeOf(state.getObject(container), name) : held
}

/** Keeps an attribute under `objectAttributes`, where it takes the place of the one in any other part. */
export function storeAttribute(
  state: NodeState,
  part: 'shared' | 'transient',
  name: string,
  value: Json,
): void {
  const held = state.getObject(container)
  const [top = ''] = name.split('/')
  const changed = withAttribute(isJsonObject(held) ? held : {}, name, value)
  const values = { [container]: { [top]: changed[top] ?? null } }
  if (part === 'shared') state.mergeShared(values)
  else state.mergeTransient(values)
}
