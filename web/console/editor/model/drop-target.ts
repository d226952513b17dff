import type { Point } from '../../../api/journey-document.ts'
import { type Connection, isConnected } from './connect.ts'
import type { CanvasLayout, DrawnConnection } from './drawn-connections.ts'
import { gapAt, isInside } from './geometry.ts'
import type { NodeTypeCatalogue } from './node-type-catalogue.ts'
import { pageOf } from './page-children.ts'
import { distanceTo } from './route.ts'

/** The effect of dropping the dragged node at the pointer. */
export type DropTarget =
  | { kind: 'page'; pageId: string; gap: number }
  | { kind: 'connection'; connection: Connection }
  | { kind: 'canvas' }

/** The dragged node. New nodes have no id. */
export type Dragged = { type: string; id?: string }

const dropDistance = 14

export function dropTargetAt(
  point: Point,
  layout: CanvasLayout & { catalogue: NodeTypeCatalogue },
  connections: readonly DrawnConnection[],
  dragged: Dragged,
): DropTarget {
  const { nodeViews, positionOf, draft, catalogue } = layout
  for (const nodeView of nodeViews.values()) {
    const position = positionOf(nodeView.id)
    if (nodeView.id === dragged.id || !isInside(point, { ...position, ...nodeView.size })) continue
    // A node that doesn't fit but is on the page already can change its place there.
    const fits = catalogue.fitsOnPage(dragged.type) || pageOf(draft, dragged.id ?? '') === nodeView.id
    if (nodeView.children === undefined || !fits) return { kind: 'canvas' }
    return { kind: 'page', pageId: nodeView.id, gap: gapAt(point.y - position.y, nodeView.children.length) }
  }
  if (dragged.id !== undefined && isConnected(draft, dragged.id)) return { kind: 'canvas' }
  const [near] = connections
    .map((connection) => ({ connection, distance: distanceTo(connection.route, point) }))
    .filter(
      ({ connection, distance }) =>
        distance <= dropDistance && connection.from !== dragged.id && connection.to !== dragged.id,
    )
    .sort((one, other) => one.distance - other.distance)
  if (near === undefined) return { kind: 'canvas' }
  const { from, outcome, to } = near.connection
  return { kind: 'connection', connection: { from, outcome, to } }
}
