import type { Place } from '../../../api/journey-document.ts'
import type { Box } from './geometry.ts'
import { partsOf, type Route } from './route.ts'

/** How far a line runs out of a port before it turns, and how far before a port it turns in. */
const out = 16
const into = 18
/** How far a line keeps away from what it passes by, and how far lanes are apart. */
const clear = 14
const apart = 7
/** What a turn costs, and what it costs to run through a node, or along its very edge, in pixels of way. */
const turnCost = 40
const crossingCost = 5_000
const grazingCost = 200
/** A line that is nearer to a node than that looks like a part of it. */
const grazing = 5
/** Streets that are tried between what stands in the way. */
const triedStreets = 10

/** What a line has to look out for. */
export type Surroundings = {
  boxes: readonly Box[]
  /** Sets lines that leave one node apart. */
  lane?: number
  /** What it costs to run where others run. */
  trafficOf?(route: Route): number
}

/**
 * Finds a way from port to port in right angles, out to the right and in from the left, around what stands there.
 * Lines into one port share their last lane.
 */
export function routeBetween(from: Place, to: Place, { boxes, lane = 0, trafficOf }: Surroundings): Route {
  const first = from.x + out + lane * 6
  const last = to.x - into
  let best: { route: Route; cost: number } | undefined
  for (const route of [...direct(from, to, first, last), ...alongStreets(from, to, { first, last, boxes })]) {
    const length = lengthOf(route)
    if (best !== undefined && length >= best.cost) continue
    const cost = length + hindranceOf(route, boxes) + (trafficOf?.(route) ?? 0)
    if (best === undefined || cost < best.cost) best = { route, cost }
  }
  return best?.route ?? [from, to]
}

/** Straight, or with one upright part between. */
function direct(from: Place, to: Place, first: number, last: number): Route[] {
  if (to.x - from.x < out) return []
  if (Math.abs(from.y - to.y) < 1) return [[from, to]]
  const isNarrow = to.x - from.x < out + into
  const lanes = isNarrow
    ? [(from.x + to.x) / 2]
    : [last, Math.min(first, last), Math.min(first + apart, last), Math.max(last - apart, from.x + out)]
  return [...new Set(lanes)].map((x) => [from, { x, y: from.y }, { x, y: to.y }, to])
}

type Street = { first: number; last: number; boxes: readonly Box[] }

/** Up or down to a street, along it, and up or down again. */
function alongStreets(from: Place, to: Place, { first, last, boxes }: Street): Route[] {
  const [left, right] = [Math.min(first, last), Math.max(first, last)]
  const middle = (from.y + to.y) / 2
  const streets = boxes
    .filter(({ x, width }) => x < right && x + width > left)
    .flatMap(({ y, height }) => [y - clear, y + height + clear])
    .sort((one, other) => Math.abs(one - middle) - Math.abs(other - middle))
    .slice(0, triedStreets)
  return [middle, ...streets]
    .flatMap((y) => [y, y - apart, y + apart])
    .map((y) => [from, { x: first, y: from.y }, { x: first, y }, { x: last, y }, { x: last, y: to.y }, to])
}

function lengthOf(route: Route): number {
  return partsOf(route).reduce(
    (sum, [start, end]) => sum + Math.abs(start.x - end.x) + Math.abs(start.y - end.y) + turnCost,
    0,
  )
}

/** Every route grazes the nodes that it leaves and enters: that costs the same for all. */
function hindranceOf(route: Route, boxes: readonly Box[]): number {
  let cost = 0
  for (const [start, end] of partsOf(route)) {
    for (const box of boxes) {
      if (isThrough(start, end, box, -1)) cost += crossingCost
      else if (isThrough(start, end, box, grazing)) cost += grazingCost
    }
  }
  return cost
}

/** @param margin how much wider than it is the box is taken, on each side. */
function isThrough(start: Place, end: Place, { x, y, width, height }: Box, margin: number): boolean {
  return (
    Math.max(start.x, end.x) > x - margin &&
    Math.min(start.x, end.x) < x + width + margin &&
    Math.max(start.y, end.y) > y - margin &&
    Math.min(start.y, end.y) < y + height + margin
  )
}
