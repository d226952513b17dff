import { type Draft, failureId, startId, successId } from './draft.ts'
import type { WayOut } from './node-outcomes.ts'
import type { NodeFace } from './node-views.ts'
import { pathOrder } from './path-order.ts'
import type { Placed } from './positions.ts'

export type Stop = ReadonlyMap<string, NodeFace>

/** Where the Tab key stops, in order: the start, each node with those on its page, the ends. */
export function stopsOf(draft: Draft, placed: Placed, faces: Stop): string[] {
  const order = pathOrder(draft, placed, (id) => targetsOf(faces, id))
  const nodes = order.flatMap((id) => [id, ...(faces.get(id)?.children ?? []).map((child) => child.id)])
  return [startId, ...nodes, successId, failureId]
}

export function targetsOf(faces: Stop, id: string): string[] {
  return waysOfNode(faces, id).flatMap(({ target }) => target ?? [])
}

export function waysOfNode(faces: Stop, id: string): readonly WayOut[] {
  return faces.get(id)?.ways ?? []
}
