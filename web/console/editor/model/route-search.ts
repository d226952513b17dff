import type { Point } from '../../../api/journey-document.ts'
import type { Box } from './geometry.ts'
import { type Route, segmentsOf } from './route.ts'

/** Length of the straight part at the start and at the end of a route. */
const leadOut = 16
const leadIn = 18
/** Minimum distance to nodes, and distance between lanes. */
const clearance = 14
const laneGap = 7
/** Costs in pixels of route length: of a turn, of crossing a node, and of running along its edge. */
const turnCost = 40
const crossingCost = 5_000
const grazingCost = 200
/** Closer to a node than this, a line looks like a part of it. */
const grazingDistance = 5
/** Limits how many horizontal corridors between nodes are tried. */
const maxCorridors = 10

export type RouteOptions = {
  boxes: readonly Box[]
  /** Separates the connections that leave one node. */
  lane?: number
  /** Cost of running along other connections. */
  sharingCost?(route: Route): number
}

/**
 * Finds the cheapest right-angled route between two ports. It leaves to the right, enters from the left and
 * avoids nodes. Connections into one port share their last lane.
 */
export function routeBetween(from: Point, to: Point, { boxes, lane = 0, sharingCost }: RouteOptions): Route {
  const first = from.x + leadOut + lane * 6
  const last = to.x - leadIn
  let best: { route: Route; cost: number } | undefined
  for (const route of [...direct(from, to, first, last), ...viaCorridors(from, to, { first, last, boxes })]) {
    const length = lengthOf(route)
    if (best !== undefined && length >= best.cost) continue
    const cost = length + obstacleCost(route, boxes) + (sharingCost?.(route) ?? 0)
    if (best === undefined || cost < best.cost) best = { route, cost }
  }
  return best?.route ?? [from, to]
}

/** A straight route, or one with a single vertical segment. */
function direct(from: Point, to: Point, first: number, last: number): Route[] {
  if (to.x - from.x < leadOut) return []
  if (Math.abs(from.y - to.y) < 1) return [[from, to]]
  const isNarrow = to.x - from.x < leadOut + leadIn
  const lanes = isNarrow
    ? [(from.x + to.x) / 2]
    : [
        last,
        Math.min(first, last),
        Math.min(first + laneGap, last),
        Math.max(last - laneGap, from.x + leadOut),
      ]
  return [...new Set(lanes)].map((x) => [from, { x, y: from.y }, { x, y: to.y }, to])
}

type Corridor = { first: number; last: number; boxes: readonly Box[] }

/** Routes with a vertical, a horizontal and a vertical segment. */
function viaCorridors(from: Point, to: Point, { first, last, boxes }: Corridor): Route[] {
  const [left, right] = [Math.min(first, last), Math.max(first, last)]
  const middle = (from.y + to.y) / 2
  const corridors = boxes
    .filter(({ x, width }) => x < right && x + width > left)
    .flatMap(({ y, height }) => [y - clearance, y + height + clearance])
    .sort((one, other) => Math.abs(one - middle) - Math.abs(other - middle))
    .slice(0, maxCorridors)
  return [middle, ...corridors]
    .flatMap((y) => [y, y - laneGap, y + laneGap])
    .map((y) => [from, { x: first, y: from.y }, { x: first, y }, { x: last, y }, { x: last, y: to.y }, to])
}

function lengthOf(route: Route): number {
  return segmentsOf(route).reduce(
    (sum, [start, end]) => sum + Math.abs(start.x - end.x) + Math.abs(start.y - end.y) + turnCost,
    0,
  )
}

/** The nodes at both ends always count as grazed: that cost is the same for every route. */
function obstacleCost(route: Route, boxes: readonly Box[]): number {
  let cost = 0
  for (const [start, end] of segmentsOf(route)) {
    for (const box of boxes) {
      if (isThrough(start, end, box, -1)) cost += crossingCost
      else if (isThrough(start, end, box, grazingDistance)) cost += grazingCost
    }
  }
  return cost
}

/** @param margin added to the box on each side. */
function isThrough(start: Point, end: Point, { x, y, width, height }: Box, margin: number): boolean {
  return (
    Math.max(start.x, end.x) > x - margin &&
    Math.min(start.x, end.x) < x + width + margin &&
    Math.max(start.y, end.y) > y - margin &&
    Math.min(start.y, end.y) < y + height + margin
  )
}
