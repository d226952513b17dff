import type { RecordedStep } from '../../engine/recorded-step.ts'
import type { Trail } from './trail.ts'

/** An outcome of a node in a journey, as a key. */
export function outcomeKey(journey: string, nodeId: string, outcome: string): string {
  return JSON.stringify([journey, nodeId, outcome])
}

/** What a trail shows: outcomes, errors and ends. */
export function shownBy({ journey, spot }: Trail): string[] {
  const outcomes = shownInSteps(spot.steps)
  const end = spot.session.outcome === 'underway' ? [] : [endKey(journey, spot.session.outcome)]
  return [...outcomes, ...end]
}

function endKey(journey: string, end: 'success' | 'failure'): string {
  return JSON.stringify([journey, end])
}

/** Both ends of a journey. */
export function endKeys(journey: string): string[] {
  return [endKey(journey, 'success'), endKey(journey, 'failure')]
}

/** The outcomes and errors of a run. */
export function shownInSteps(steps: readonly RecordedStep[]): string[] {
  return steps.filter(({ page }) => page === null).flatMap(keysOf)
}

function keysOf({ journeys, nodeId, result, outcome }: RecordedStep): string[] {
  const journey = journeys.at(-1) ?? ''
  if (result === 'outcome' && outcome !== undefined) return [outcomeKey(journey, nodeId, outcome)]
  return result === 'error' ? [outcomeKey(journey, nodeId, 'error')] : []
}

/**
 * Few trails that together show everything that all of them show. Of equal ones, the shortest.
 * @param covered what needs no further trail. Gets what the chosen ones show.
 */
export function chosenTrails(trails: readonly Trail[], covered: Set<string>): Trail[] {
  const open = trails.map((trail) => ({ trail, shown: shownBy(trail) }))
  const chosen: Trail[] = []
  // The first walk of a file shows the plain success.
  const plain = open
    .filter(
      ({ trail, shown }) =>
        trail.spot.session.outcome === 'success' && shown.some((key) => !covered.has(key)),
    )
    .toSorted((one, other) => effortOf(one.trail) - effortOf(other.trail))[0]
  if (plain !== undefined) {
    chosen.push(plain.trail)
    for (const key of plain.shown) covered.add(key)
  }
  for (;;) {
    let best: { trail: Trail; shown: string[]; gain: number } | undefined
    for (const { trail, shown } of open) {
      const gain = new Set(shown.filter((key) => !covered.has(key))).size
      if (gain > 0 && (best === undefined || isBetter({ trail, gain }, best))) best = { trail, shown, gain }
    }
    if (best === undefined) return chosen
    chosen.push(best.trail)
    for (const key of best.shown) covered.add(key)
  }
}

type Rated = { trail: Trail; gain: number }

function isBetter(one: Rated, other: Rated): boolean {
  if (one.gain !== other.gain) return one.gain > other.gain
  return effortOf(one.trail) < effortOf(other.trail)
}

function effortOf({ tries, http, stub }: Trail): number {
  return tries.length + http.length + Object.keys(stub).length
}
