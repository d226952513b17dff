import type { RecordedStep } from '../../engine/recorded-step.ts'
import { stubbedNode } from './stub-pages.ts'
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

function keysOf({ journeys, nodeId: recorded, result, outcome }: RecordedStep): string[] {
  const journey = journeys.at(-1) ?? ''
  const nodeId = stubbedNode(recorded, outcome)
  if (nodeId === undefined) return []
  if (result === 'outcome' && outcome !== undefined) return [outcomeKey(journey, nodeId, outcome)]
  return result === 'error' ? [outcomeKey(journey, nodeId, 'error')] : []
}

/**
 * Trails for the tests of a journey: the plain success, each refusal of a wrong password or code, few others that show the rest,
 * and errors last.
 * @param covered as in `chosenTrails`.
 */
export function draftTrails(trails: readonly Trail[], covered: Set<string>): Trail[] {
  const whole = trails.filter((trail) => errorOf(trail) === undefined)
  const first = [...plainSuccess(whole, covered), ...refusals(whole)]
  for (const trail of first) for (const key of shownBy(trail)) covered.add(key)
  return [...first, ...chosenTrails(whole, covered), ...chosenTrails(trails, covered)]
}

/** The node with whose error a trail ends. */
export function errorOf({ spot }: Pick<Trail, 'spot'>): RecordedStep | undefined {
  const last = spot.steps.findLast(({ page }) => page === null)
  return last?.result === 'error' ? last : undefined
}

/** The shortest trail with a wrong answer at each page that asks for a password or code. */
function refusals(trails: readonly Trail[]): Trail[] {
  const wrong = trails.filter(({ tries }) => tries.at(-1)?.isWrong).toSorted(byEffort)
  return [
    ...new Map(wrong.toReversed().map((trail) => [trail.tries.at(-1)?.at, trail])).values(),
  ].toReversed()
}

/** The shortest success that shows something new. */
function plainSuccess(trails: readonly Trail[], covered: ReadonlySet<string>): Trail[] {
  const isNew = (trail: Trail) => shownBy(trail).some((key) => !covered.has(key))
  const successes = trails.filter((trail) => trail.spot.session.outcome === 'success' && isNew(trail))
  return successes.toSorted(byEffort).slice(0, 1)
}

/**
 * Few trails that together show everything that all of them show. Of equal ones, the shortest.
 * @param covered what needs no further trail. Gets what the chosen ones show.
 */
export function chosenTrails(trails: readonly Trail[], covered: Set<string>): Trail[] {
  const open = trails.map((trail) => ({ trail, shown: shownBy(trail) }))
  // The first walk of a file shows the plain success.
  const chosen = plainSuccess(trails, covered)
  for (const key of chosen.flatMap(shownBy)) covered.add(key)
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
  return byEffort(one.trail, other.trail) < 0
}

function byEffort(one: Trail, other: Trail): number {
  return effortOf(one) - effortOf(other) || wrongIn(other) - wrongIn(one)
}

function effortOf({ tries, http, stub }: Trail): number {
  return tries.length + http.length + Object.keys(stub).length
}

/** A wrong password says more about a check than an unknown name. */
function wrongIn({ tries }: Trail): number {
  return tries.filter(({ isWrong }) => isWrong).length
}
