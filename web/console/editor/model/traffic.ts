import type { Point } from '../../../api/journey-document.ts'
import { type Route, segmentsOf } from './route.ts'

/** Cost of sharing a lane with a connection to another target: per pixel, and once. */
const sharingCost = 3
const fixedCost = 60
/** Closer than this, two lines look like one. */
const nearDistance = 5

type Segment = { from: number; to: number; across: number; target: string }

/**
 * The segments that drawn connections occupy, so that connections to different targets don't share a lane.
 */
export class Traffic {
  readonly #parts = { level: new Map<number, Segment[]>(), upright: new Map<number, Segment[]>() }

  add(route: Route, target: string): void {
    for (const [start, end] of segmentsOf(route)) {
      const { kind, segment } = segmentFrom(start, end, target)
      const lane = Math.round(segment.across / nearDistance)
      const segments = this.#parts[kind].get(lane)
      if (segments === undefined) this.#parts[kind].set(lane, [segment])
      else segments.push(segment)
    }
  }

  costOf(route: Route, target: string): number {
    let cost = 0
    for (const [start, end] of segmentsOf(route)) {
      const { kind, segment } = segmentFrom(start, end, target)
      const lane = Math.round(segment.across / nearDistance)
      for (const nearbyLane of [lane - 1, lane, lane + 1]) {
        for (const other of this.#parts[kind].get(nearbyLane) ?? []) {
          if (other.target === target || Math.abs(other.across - segment.across) >= nearDistance) continue
          const shared = Math.min(other.to, segment.to) - Math.max(other.from, segment.from)
          if (shared > 2) cost += fixedCost + shared * sharingCost
        }
      }
    }
    return cost
  }
}

function segmentFrom(start: Point, end: Point, target: string) {
  const isLevel = start.y === end.y
  const [one, other] = isLevel ? [start.x, end.x] : [start.y, end.y]
  return {
    kind: isLevel ? ('level' as const) : ('upright' as const),
    segment: {
      from: Math.min(one, other),
      to: Math.max(one, other),
      across: isLevel ? start.y : start.x,
      target,
    },
  }
}
