import type { Point } from '../../../api/journey-document.ts'
import { isAllowedOnPage } from './add-node.ts'
import { type Connection, isConnected } from './connect.ts'
import type { Draft } from './draft.ts'
import type { CanvasLayout, DrawnConnection } from './drawn-connections.ts'
import { gapAt, isInside } from './geometry.ts'
import { canMoveToPage } from './page-moves.ts'
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
  layout: CanvasLayout,
  connections: readonly DrawnConnection[],
  dragged: Dragged,
): DropTarget {
  const { nodeViews, positionOf, draft } = layout
  for (const nodeView of nodeViews.values()) {
    const position = positionOf(nodeView.id)
    if (nodeView.id === dragged.id || !isInside(point, { ...position, ...nodeView.size })) continue
    if (nodeView.children === undefined || !acceptsDrop(draft, nodeView.id, dragged))
      return { kind: 'canvas' }
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

function acceptsDrop(draft: Draft, pageId: string, { type, id }: Dragged): boolean {
  return id === undefined ? isAllowedOnPage(type) : canMoveToPage(draft, id, pageId)
}
