import type { Place } from '../../../api/journey-document.ts'
import { mayBeOnPage } from './add-node.ts'
import { type Edge, isConnected } from './connect.ts'
import type { Draft } from './draft.ts'
import type { Line, Picture } from './drawn-connections.ts'
import { gapAt, isInside } from './geometry.ts'
import { mayMoveToPage } from './page-moves.ts'
import { distanceTo } from './route.ts'

/** What would happen to a node that is dropped: only what would work is a target. */
export type DropTarget =
  | { kind: 'page'; pageId: string; gap: number }
  | { kind: 'edge'; edge: Edge }
  | { kind: 'canvas' }

/** What is dragged: a new node of a type, or one that is there. */
export type Dragged = { type: string; id?: string }

const reach = 14

export function dropTargetAt(
  point: Place,
  picture: Picture,
  lines: readonly Line[],
  dragged: Dragged,
): DropTarget {
  const { faces, placeOf, draft } = picture
  for (const face of faces.values()) {
    const place = placeOf(face.id)
    if (face.id === dragged.id || !isInside(point, { ...place, ...face.size })) continue
    if (face.children === undefined || !isTakenBy(draft, face.id, dragged)) return { kind: 'canvas' }
    return { kind: 'page', pageId: face.id, gap: gapAt(point.y - place.y, face.children.length) }
  }
  if (dragged.id !== undefined && isConnected(draft, dragged.id)) return { kind: 'canvas' }
  const [near] = lines
    .map((line) => ({ line, distance: distanceTo(line.route, point) }))
    .filter(({ line, distance }) => distance <= reach && line.from !== dragged.id && line.to !== dragged.id)
    .sort((one, other) => one.distance - other.distance)
  if (near === undefined) return { kind: 'canvas' }
  const { from, outcome, to } = near.line
  return { kind: 'edge', edge: { from, outcome, to } }
}

function isTakenBy(draft: Draft, pageId: string, { type, id }: Dragged): boolean {
  return id === undefined ? mayBeOnPage(type) : mayMoveToPage(draft, id, pageId)
}
