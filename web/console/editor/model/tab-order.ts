import { type Draft, failureId, startId, successId } from './draft.ts'
import type { NodeOutcome } from './node-outcomes.ts'
import type { CanvasNodeView } from './node-views.ts'
import { notesOf } from './notes.ts'
import { pathOrder } from './path-order.ts'
import type { AutoPositions } from './positions.ts'

export type NodeViews = ReadonlyMap<string, CanvasNodeView>

/** The ids that Tab goes through: start, each node and the nodes on its page, ends, notes. */
export function tabStops(draft: Draft, autoPositions: AutoPositions, nodeViews: NodeViews): string[] {
  const order = pathOrder(draft, autoPositions, (id) => targetsFrom(nodeViews, id))
  const nodes = order.flatMap((id) => [id, ...(nodeViews.get(id)?.children ?? []).map((child) => child.id)])
  return [startId, ...nodes, successId, failureId, ...Object.keys(notesOf(draft))]
}

export function targetsFrom(nodeViews: NodeViews, id: string): string[] {
  return outcomesOf(nodeViews, id).flatMap(({ target }) => target ?? [])
}

export function outcomesOf(nodeViews: NodeViews, id: string): readonly NodeOutcome[] {
  return nodeViews.get(id)?.outcomes ?? []
}
