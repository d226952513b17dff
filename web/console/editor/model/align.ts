import type { Point } from '../../../api/journey-document.ts'
import { type Box, boundsOf } from './geometry.ts'

export type Edge = 'left' | 'right' | 'top' | 'bottom'

/** Positions at which all boxes touch the edge of their common bounds. */
export function alignedTo(edge: Edge, boxes: ReadonlyMap<string, Box>): Record<string, Point> {
  const bounds = boundsOf([...boxes.values()])
  if (bounds === undefined) return {}
  const place = ({ x, y, width, height }: Box): Point =>
    ({
      left: { x: bounds.x, y },
      right: { x: bounds.x + bounds.width - width, y },
      top: { x, y: bounds.y },
      bottom: { x, y: bounds.y + bounds.height - height },
    })[edge]
  return Object.fromEntries([...boxes].map(([id, box]) => [id, place(box)]))
}
