import type { Point } from '../../../api/journey-document.ts'
import {
  type Draft,
  failureId,
  isEnd,
  memberOf,
  nodeOf,
  startId,
  successId,
  withNode,
  withTree,
} from './draft.ts'
import { nodeWidth, sizeOfEnd } from './geometry.ts'
import { changeNote, noteOf } from './notes.ts'

/** Positions of nodes that have none in the document. They are saved when a node is moved. */
export type AutoPositions = Readonly<Record<string, Point>>

const grid = 8
const endGap = 64
/** Nodes are seldom higher when they are new. */
const newNodeHeight = 120

export function snapToGrid({ x, y }: Point): Point {
  return { x: Math.round(x / grid) * grid, y: Math.round(y / grid) * grid }
}

/** The position of a node, a note, an end or the start. */
export function positionOf(draft: Draft, autoPositions: AutoPositions, id: string): Point {
  const own = savedPosition(draft, id)
  const given = memberOf(autoPositions, id)
  if (given !== undefined && (own === undefined || isOrigin(own))) return given
  return own ?? given ?? { x: 0, y: 0 }
}

/**
 * Nodes without coordinates. Servers fill in 0/0 for missing ones, so several nodes at the origin count too.
 */
export function nodesWithoutPosition(draft: Draft): string[] {
  const ids = Object.keys(draft.tree.nodes)
  const atOrigin = ids.filter((id) => isOrigin(savedPosition(draft, id) ?? { x: 1, y: 1 }))
  return ids.filter((id) => {
    const own = savedPosition(draft, id)
    return own === undefined || (atOrigin.length > 1 && isOrigin(own))
  })
}

export function savedPosition(draft: Draft, id: string): Point | undefined {
  const { x, y } = nodeOf(draft, id) ?? memberOf(draft.tree.staticNodes, id) ?? noteOf(draft, id) ?? {}
  return isNumber(x) && isNumber(y) ? { x, y } : undefined
}

/** Moves nodes. Nodes with an automatic position keep it from then on. */
export function moveTo(
  draft: Draft,
  autoPositions: AutoPositions,
  positions: Readonly<Record<string, Point>>,
): Draft {
  let next = draft
  for (const id of new Set([...Object.keys(autoPositions), ...Object.keys(positions)])) {
    const position = memberOf(positions, id) ?? positionOf(draft, autoPositions, id)
    next = withPosition(next, id, snapToGrid(position))
  }
  return next
}

/** Moves nodes by an offset in pixels. */
export function moveBy(
  draft: Draft,
  autoPositions: AutoPositions,
  ids: readonly string[],
  { x, y }: Point,
): Draft {
  const positions = ids.map((id) => {
    const position = positionOf(draft, autoPositions, id)
    return [id, { x: position.x + x, y: position.y + y }] as const
  })
  return moveTo(draft, autoPositions, Object.fromEntries(positions))
}

/** Moves both ends to the right of a new node if it would cover one of them. */
export function withEndsBeside(draft: Draft, autoPositions: AutoPositions, { x, y }: Point): Draft {
  const right = x + nodeWidth + endGap
  const ends = [successId, failureId].map((id) => ({ id, ...positionOf(draft, autoPositions, id) }))
  const isCovered = ends.some((end) => {
    const { width, height } = sizeOfEnd(end.id)
    return end.x < right && end.x + width > x && end.y < y + newNodeHeight && end.y + height > y
  })
  if (!isCovered) return draft
  const places = ends.map((end) => [end.id, { x: Math.max(end.x, right), y: end.y }] as const)
  return moveTo(draft, autoPositions, Object.fromEntries(places))
}

function withPosition(draft: Draft, id: string, position: Point): Draft {
  const own = savedPosition(draft, id)
  if (own?.x === position.x && own.y === position.y) return draft
  if (nodeOf(draft, id) !== undefined) return withNode(draft, id, position)
  if (noteOf(draft, id) !== undefined) return changeNote(draft, id, position)
  if (!isEnd(id) && id !== startId) return draft
  const before = memberOf(draft.tree.staticNodes, id)
  return withTree(draft, { staticNodes: { ...draft.tree.staticNodes, [id]: { ...before, ...position } } })
}

function isOrigin({ x, y }: Point): boolean {
  return x === 0 && y === 0
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}
