import type { Point } from '../../../api/journey-document.ts'
import { failureId, startId, successId } from './draft.ts'
import { isPassThrough, type NodeOutcome } from './node-outcomes.ts'

/** Sizes in pixels at 100 % zoom. `canvas/node.css` uses the same numbers. */
export const nodeWidth = 216
export const headHeight = 44
const rowHeight = 26
const childHeight = 36
const childGap = 4
/** The drop area below the last child of a page. */
const slotHeight = 26
const pagePadding = 6

export type Size = { width: number; height: number }
export type Box = Point & Size

export type NodeShape = {
  outcomes: readonly NodeOutcome[]
  /** Number of nodes on the page; undefined for other node types. */
  children?: number | undefined
}

export function sizeOfNode({ outcomes, children }: NodeShape): Size {
  const rows = isPassThrough(outcomes) ? 0 : outcomes.length
  const divider = rows > 0 ? 1 : 0
  return { width: nodeWidth, height: headHeight + pageHeight(children) + divider + rows * rowHeight }
}

function pageHeight(children: number | undefined): number {
  if (children === undefined) return 0
  return 2 + children * (childHeight + childGap) + slotHeight + pagePadding
}

function childTop(at: number): number {
  return headHeight + 2 + at * (childHeight + childGap)
}

const endSizes: Readonly<Record<string, Size>> = {
  [startId]: { width: 44, height: 32 },
  [successId]: { width: 100, height: 34 },
  [failureId]: { width: 148, height: 34 },
}

export function sizeOfEnd(id: string): Size {
  return endSizes[id] ?? { width: 100, height: 34 }
}

/** Where connections enter a node or an end, relative to its top left corner. */
export function inputPort(id: string): Point {
  const end = endSizes[id]
  return { x: 0, y: end === undefined ? headHeight / 2 : end.height / 2 }
}

/** Where the connection of an outcome starts, relative to the node's top left corner. */
export function outputPort(shape: NodeShape, outcome: string): Point {
  const at = shape.outcomes.findIndex(({ id }) => id === outcome)
  if (isPassThrough(shape.outcomes) || at < 0) return { x: nodeWidth, y: headHeight / 2 }
  const top = headHeight + pageHeight(shape.children) + 1
  return { x: nodeWidth, y: top + at * rowHeight + rowHeight / 2 }
}

/** Where the start's connection begins, relative to its top left corner. */
export const startPort: Point = { x: 44, y: 16 }

export function boundsOf(boxes: readonly Box[]): Box | undefined {
  if (boxes.length === 0) return undefined
  const x = Math.min(...boxes.map((box) => box.x))
  const y = Math.min(...boxes.map((box) => box.y))
  const right = Math.max(...boxes.map((box) => box.x + box.width))
  const bottom = Math.max(...boxes.map((box) => box.y + box.height))
  return { x, y, width: right - x, height: bottom - y }
}

export function isInside({ x, y }: Point, box: Box): boolean {
  return x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height
}

/**
 * The index at which a node dropped at this height is inserted.
 * @param y relative to the top of the page node.
 */
export function gapAt(y: number, children: number): number {
  const gap = Math.round((y - childTop(0)) / (childHeight + childGap))
  return Math.min(Math.max(gap, 0), children)
}
