import type { Point } from '../../../api/journey-document.ts'
import { failureId, startId, successId } from './draft.ts'
import { isPassThrough, type NodeOutcome } from './node-outcomes.ts'

/** Sizes of what is on the canvas, in pixels at 100 %: the same numbers that its style sheet draws with. */
export const nodeWidth = 216
export const headHeight = 44
const rowHeight = 26
const childHeight = 36
const childGap = 4
/** Where nodes can be dropped, below the last child. */
const slotHeight = 26
const pagePadding = 6

export type Size = { width: number; height: number }
export type Box = Point & Size

/** What a node's size depends on. */
export type NodeShape = {
  outcomes: readonly NodeOutcome[]
  /** How many nodes are on it; undefined for what is no page. */
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

/** Where a child of a page stands in it, from its top. */
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

/** Where lines into a node or an end arrive, from its corner. */
export function inputPort(id: string): Point {
  const end = endSizes[id]
  return { x: 0, y: end === undefined ? headHeight / 2 : end.height / 2 }
}

/** Where the line of a way out begins, from the node's corner. */
export function outputPort(shape: NodeShape, outcome: string): Point {
  const at = shape.outcomes.findIndex(({ id }) => id === outcome)
  if (isPassThrough(shape.outcomes) || at < 0) return { x: nodeWidth, y: headHeight / 2 }
  const top = headHeight + pageHeight(shape.children) + 1
  return { x: nodeWidth, y: top + at * rowHeight + rowHeight / 2 }
}

/** Where the line of the start begins. */
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

/** At which gap of a page a node would be dropped: before so many others. */
export function gapAt(y: number, children: number): number {
  const gap = Math.round((y - childTop(0)) / (childHeight + childGap))
  return Math.min(Math.max(gap, 0), children)
}
