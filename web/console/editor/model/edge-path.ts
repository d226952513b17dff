import type { Place } from '../../../wire/journey-document.ts'
import type { Box } from './geometry.ts'

/** A line between two ports, as the points where it turns. */
export type Route = readonly Place[]

type Ends = { from: Place; to: Place }

/** How far a line runs out of a port before it turns, and how far before a port it turns in. */
const out = 18
const into = 18
/** How far a line keeps away from what it passes by. */
const clear = 14
const corner = 9
/** What a turn costs, and what it costs to run through a node, in pixels of way. */
const turnCost = 40
const crossingCost = 5_000
/** Streets that are tried between what stands in the way. */
const triedStreets = 14

/**
 * Finds a way from port to port in right angles, out to the right and in from the left, around what stands there.
 * Lines into one port share their last lane.
 * @param lane sets lines that leave one node apart.
 */
export function routeBetween(from: Place, to: Place, boxes: readonly Box[], lane = 0): Route {
  const ends = { from, to }
  const first = from.x + out + lane * 5
  const last = to.x - into
  const ways = [...direct(ends, first, last), ...alongStreets(ends, first, last, boxes, lane)]
  let best: { route: Route; cost: number } | undefined
  for (const route of ways) {
    const length = costOf(route, [])
    if (best !== undefined && length >= best.cost) continue
    const cost = costOf(route, boxes)
    if (best === undefined || cost < best.cost) best = { route, cost }
  }
  return best?.route ?? [from, to]
}

/** Straight, or with one upright part between. */
function direct({ from, to }: Ends, first: number, last: number): Route[] {
  if (to.x - from.x < out) return []
  if (Math.abs(from.y - to.y) < 1) return [[from, to]]
  const lanes = to.x - from.x < out + into ? [(from.x + to.x) / 2] : [last, Math.min(first, last)]
  return lanes.map((x) => [from, { x, y: from.y }, { x, y: to.y }, to])
}

/** Up or down to a street, along it, and up or down again. */
function alongStreets(
  { from, to }: Ends,
  first: number,
  last: number,
  boxes: readonly Box[],
  lane: number,
): Route[] {
  const [left, right] = [Math.min(first, last), Math.max(first, last)]
  const middle = (from.y + to.y) / 2
  const apart = clear + lane * 4
  const streets = boxes
    .filter(({ x, width }) => x < right && x + width > left)
    .flatMap(({ y, height }) => [y - apart, y + height + apart])
    .sort((one, other) => Math.abs(one - middle) - Math.abs(other - middle))
    .slice(0, triedStreets)
  return [middle, ...streets].map((y) => [
    from,
    { x: first, y: from.y },
    { x: first, y },
    { x: last, y },
    { x: last, y: to.y },
    to,
  ])
}

function costOf(route: Route, boxes: readonly Box[]): number {
  let cost = 0
  for (const [start, end] of partsOf(route)) {
    cost += Math.abs(start.x - end.x) + Math.abs(start.y - end.y) + turnCost
    for (const box of boxes) if (isThrough(start, end, box)) cost += crossingCost
  }
  return cost
}

export function partsOf(route: Route): (readonly [Place, Place])[] {
  return route.slice(1).flatMap((end, at) => {
    const start = route[at]
    return start === undefined || (start.x === end.x && start.y === end.y) ? [] : [[start, end] as const]
  })
}

function isThrough(start: Place, end: Place, { x, y, width, height }: Box): boolean {
  return (
    Math.max(start.x, end.x) > x + 1 &&
    Math.min(start.x, end.x) < x + width - 1 &&
    Math.max(start.y, end.y) > y + 1 &&
    Math.min(start.y, end.y) < y + height - 1
  )
}

/** A route as an SVG path, its corners rounded. */
export function pathOf(route: Route): string {
  const points = route.filter((point, at) => at === 0 || !isAt(point, route[at - 1]))
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

/** How far a place is from a line. */
export function distanceTo(route: Route, { x, y }: Place): number {
  const distances = partsOf(route).map(([start, end]) => {
    const nearX = Math.min(Math.max(x, Math.min(start.x, end.x)), Math.max(start.x, end.x))
    const nearY = Math.min(Math.max(y, Math.min(start.y, end.y)), Math.max(start.y, end.y))
    return Math.hypot(x - nearX, y - nearY)
  })
  return Math.min(...distances, Number.POSITIVE_INFINITY)
}

function isAt(one: Place, other: Place | undefined): boolean {
  return one.x === other?.x && one.y === other.y
}

function distance(one: Place, other: Place): number {
  return Math.hypot(one.x - other.x, one.y - other.y)
}

function towards(from: Place, to: Place, length: number): Place {
  const whole = distance(from, to)
  const part = whole === 0 ? 0 : length / whole
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part }
}
