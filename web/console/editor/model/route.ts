import type { Point } from '../../../api/journey-document.ts'

/** The corners of a connection, from port to port. */
export type Route = readonly Point[]

const corner = 9

export function segmentsOf(route: Route): (readonly [Point, Point])[] {
  return route.slice(1).flatMap((end, at) => {
    const start = route[at]
    return start === undefined || (start.x === end.x && start.y === end.y) ? [] : [[start, end] as const]
  })
}

/** The route as an SVG path with rounded corners. */
export function pathOf(route: Route): string {
  const points = withoutStraightPoints(route)
  return points
    .map((point, at) => {
      const before = points[at - 1]
      const after = points[at + 1]
      if (before === undefined) return `M${point.x} ${point.y}`
      if (after === undefined) return `L${point.x} ${point.y}`
      const radius = Math.min(corner, distance(before, point) / 2, distance(point, after) / 2)
      const start = towards(point, before, radius)
      const end = towards(point, after, radius)
      return `L${start.x} ${start.y}Q${point.x} ${point.y} ${end.x} ${end.y}`
    })
    .join('')
}

export function distanceTo(route: Route, { x, y }: Point): number {
  const distances = segmentsOf(route).map(([start, end]) => {
    const nearX = Math.min(Math.max(x, Math.min(start.x, end.x)), Math.max(start.x, end.x))
    const nearY = Math.min(Math.max(y, Math.min(start.y, end.y)), Math.max(start.y, end.y))
    return Math.hypot(x - nearX, y - nearY)
  })
  return Math.min(...distances, Number.POSITIVE_INFINITY)
}

/** Removes points on straight segments, so that only corners are rounded. */
function withoutStraightPoints(route: Route): Point[] {
  const points: Point[] = []
  for (const point of route) {
    const last = points.at(-1)
    const before = points.at(-2)
    if (last !== undefined && last.x === point.x && last.y === point.y) continue
    const isOnLine =
      last !== undefined &&
      before !== undefined &&
      ((before.x === last.x && last.x === point.x) || (before.y === last.y && last.y === point.y))
    if (isOnLine) points.pop()
    points.push(point)
  }
  return points
}

function distance(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y)
}

function towards(from: Point, to: Point, length: number): Point {
  const whole = distance(from, to)
  const part = whole === 0 ? 0 : length / whole
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part }
}
