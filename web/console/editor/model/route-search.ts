import type { Point } from '../../../api/journey-document.ts'
import type { Box } from './geometry.ts'
import { type Route, segmentsOf } from './route.ts'

/** How far a line runs out of a port before it turns, and how far before a port it turns in. */
const leadOut = 16
const leadIn = 18
/** How far a line keeps away from what it passes by, and how far lanes are apart. */
const clearance = 14
const laneGap = 7
/** What a turn costs, and what it costs to run through a node, or along its very edge, in pixels of way. */
const turnCost = 40
const crossingCost = 5_000
const grazingCost = 200
/** A line that is nearer to a node than that looks like a part of it. */
const grazingDistance = 5
/** Streets that are tried between what stands in the way. */
const maxCorridors = 10

/** What a line has to look out for. */
export type RouteOptions = {
  boxes: readonly Box[]
  /** Sets lines that leave one node apart. */
  lane?: number
  /** What it costs to run where others run. */
  sharingCost?(route: Route): number
}

/**
 * Finds a way from port to port in right angles, out to the right and in from the left, around what stands there.
 * Lines into one port share their last lane.
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

/** Straight, or with one upright part between. */
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

/** Up or down to a street, along it, and up or down again. */
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

/** Every route grazes the nodes that it leaves and enters: that costs the same for all. */
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

/** @param margin how much wider than it is the box is taken, on each side. */
function isThrough(start: Point, end: Point, { x, y, width, height }: Box, margin: number): boolean {
  return (
    Math.max(start.x, end.x) > x - margin &&
    Math.min(start.x, end.x) < x + width + margin &&
    Math.max(start.y, end.y) > y - margin &&
    Math.min(start.y, end.y) < y + height + margin
  )
}
