import type { NodeTypeCatalogue } from './node-type-catalogue.ts'
import type { CanvasNodeView } from './node-views.ts'

/** The state keys that the journey's nodes may write, according to their types. */
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

/** The nodes that may write a state key. */
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
