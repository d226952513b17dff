import type { HttpMock } from '../http-mock.ts'
import { Mismatch } from '../play/mismatch.ts'
import type { Forks, Spot } from './forks.ts'
import { stepsOf, type Trail } from './trail.ts'
import { caller, type TriedStep, type Try } from './tried.ts'

/** Pages of a caller's journey at most. */
const maxPages = 8

type Options = {
  forks: Forks
  mocks: readonly HttpMock[]
  /** The attempts to leave a page, the best first. */
  triesAt(spot: Spot): readonly Try[]
}

/** Whether a transaction is open whose caller hasn't done anything yet. */
export function waitsForCaller({ spot: { caller: acted, run } }: Trail): boolean {
  return acted === undefined && typeof run.session.shared['backchannel-transaction'] === 'string'
}

/**
 * What callers do with the link of a transaction: they complete its journey, give a wrong password, or report that it is not
 * them. A transaction can't be copied, so the agent's steps are taken again for each.
 */
export async function callerTrails(trail: Trail, options: Options): Promise<Trail[]> {
  const found: Trail[] = []
  for (const way of [completes, mistakes, rejects]) {
    const acted = await way(trail, options).catch(unlessMismatch)
    if (acted === undefined) continue
    const { spot: after, ...tried } = acted
    found.push({ ...trail, tries: [...trail.tries, tried], spot: { ...after, isRefused: false } })
  }
  return found
}

type Acted = Try & { spot: Spot }

function completes(trail: Trail, options: Options): Promise<Acted | undefined> {
  return answers(trail, options, () => false)
}

/** Gives the first wrong password or code that it can. */
async function mistakes(trail: Trail, options: Options): Promise<Acted | undefined> {
  const acted = await answers(trail, options, ({ isWrong }) => isWrong === true)
  return acted?.isWrong ? acted : undefined
}

/** Opens the link and answers each page as well as possible. @param isLast whether to take an attempt and stop. */
async function answers(trail: Trail, options: Options, isLast: (each: Try) => boolean) {
  const steps: TriedStep[] = [{ by: caller, opens: 'link' }]
  let spot = await again(trail, steps, options)
  for (let page = 0; page < maxPages && spot?.caller?.run !== undefined; page++) {
    const tries = triesOfCaller(spot, options)
    const last = tries.find(isLast)
    const chosen = last ?? tries[0]
    if (chosen === undefined) return undefined
    steps.push(...chosen.steps)
    spot = await options.forks.step(spot, chosen.steps, options.mocks)
    if (last !== undefined)
      return spot && { steps, spot, label: 'a wrong answer of the caller', isWrong: true as const }
  }
  return spot && { steps, spot, label: 'right answers of the caller' }
}

async function rejects(trail: Trail, options: Options): Promise<Acted | undefined> {
  const steps: TriedStep[] = [{ by: caller, rejects: 'notMe' }]
  const spot = await again(trail, steps, options)
  return spot && { steps, spot, label: '"this is not me" of the caller' }
}

async function again(
  { journey, start, ...trail }: Trail,
  more: readonly TriedStep[],
  { forks, mocks }: Options,
) {
  const spot = await forks.start(journey, start, mocks)
  return spot && forks.step(spot, [...stepsOf(trail), ...more], mocks)
}

function triesOfCaller(spot: Spot, { triesAt }: Options): Try[] {
  const { shown, run } = spot.caller ?? {}
  if (shown === undefined || run === undefined) return []
  return triesAt({ ...spot, shown, run }).map((each) => ({
    ...each,
    steps: each.steps.map((step) => ('wait' in step || 'mail' in step ? step : { ...step, by: caller })),
  }))
}

/** Answers that don't fit the page lead nowhere. */
export function unlessMismatch(error: unknown): undefined {
  if (error instanceof Mismatch) return undefined
  throw error
}
