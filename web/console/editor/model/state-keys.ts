import type { TypeBook } from './node-type-catalogue.ts'
import type { NodeFace } from './node-views.ts'

/** State keys that nodes of the journey write, by what their types say. */
export function stateKeysOf(faces: ReadonlyMap<string, NodeFace>, book: TypeBook): string[] {
  const types = [...faces.values()].flatMap(({ type, children = [] }) => [
    type,
    ...children.map((child) => child.type),
  ])
  const keys = types.flatMap((type) => book.named(type)?.writes ?? []).filter((key) => key !== '*')
  return [...new Set(keys.toSorted())]
}

/** The nodes that write a state key, by name. */
export function writersOf(
  key: string,
  faces: ReadonlyMap<string, NodeFace>,
  book: TypeBook,
): { id: string; name: string }[] {
  return [...faces.values()].flatMap(({ id, name, type, children = [] }) =>
    [{ id, name, type }, ...children]
      .filter((each) => book.named(each.type)?.writes.includes(key))
      .map((each) => ({ id: each.id, name: each.name })),
  )
}
