import type { NodeTypeCatalogue } from './node-type-catalogue.ts'
import type { CanvasNodeView } from './node-views.ts'

/** State keys that nodes of the journey write, by what their types say. */
export function stateKeysOf(
  nodeViews: ReadonlyMap<string, CanvasNodeView>,
  catalogue: NodeTypeCatalogue,
): string[] {
  const types = [...nodeViews.values()].flatMap(({ type, children = [] }) => [
    type,
    ...children.map((child) => child.type),
  ])
  const keys = types.flatMap((type) => catalogue.find(type)?.writes ?? []).filter((key) => key !== '*')
  return [...new Set(keys.toSorted())]
}

/** The nodes that write a state key, by name. */
export function writersOf(
  key: string,
  nodeViews: ReadonlyMap<string, CanvasNodeView>,
  catalogue: NodeTypeCatalogue,
): { id: string; name: string }[] {
  return [...nodeViews.values()].flatMap(({ id, name, type, children = [] }) =>
    [{ id, name, type }, ...children]
      .filter((each) => catalogue.find(each.type)?.writes.includes(key))
      .map((each) => ({ id: each.id, name: each.name })),
  )
}
