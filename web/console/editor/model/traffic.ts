import type { Place } from '../../../api/journey-document.ts'
import { partsOf, type Route } from './route.ts'

/** What it costs to run along a line that leads elsewhere, for each pixel that both share. */
const sharingCost = 3
const fixedCost = 60
/** Lines that are nearer than that look like one. */
const near = 5

type Part = { from: number; to: number; across: number; target: string }

/** Where lines run already, so that two that lead to different places do not run in one lane. */
export class Traffic {
  readonly #parts = { level: new Map<number, Part[]>(), upright: new Map<number, Part[]>() }

  add(route: Route, target: string): void {
    for (const [start, end] of partsOf(route)) {
      const { kind, part } = partFrom(start, end, target)
      const lane = Math.round(part.across / near)
      const parts = this.#parts[kind].get(lane)
      if (parts === undefined) this.#parts[kind].set(lane, [part])
      else parts.push(part)
    }
  }

  /** How much of a route runs along lines to other targets. */
  costOf(route: Route, target: string): number {
    let cost = 0
    for (const [start, end] of partsOf(route)) {
      const { kind, part } = partFrom(start, end, target)
      const lane = Math.round(part.across / near)
      for (const beside of [lane - 1, lane, lane + 1]) {
        for (const other of this.#parts[kind].get(beside) ?? []) {
          if (other.target === target || Math.abs(other.across - part.across) >= near) continue
          const shared = Math.min(other.to, part.to) - Math.max(other.from, part.from)
          if (shared > 2) cost += fixedCost + shared * sharingCost
        }
      }
    }
    return cost
  }
}

function partFrom(start: Place, end: Place, target: string) {
  const isLevel = start.y === end.y
  const [one, other] = isLevel ? [start.x, end.x] : [start.y, end.y]
  return {
    kind: isLevel ? ('level' as const) : ('upright' as const),
    part: {
      from: Math.min(one, other),
      to: Math.max(one, other),
      across: isLevel ? start.y : start.x,
      target,
    },
  }
}
