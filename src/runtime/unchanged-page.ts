import { isDeepStrictEqual } from 'node:util'
import type { JsonObject } from '../base/json.ts'
import type { AuthenticateAnswer } from './authenticate-request.ts'
import type { RunContext } from './run-context.ts'
import type { Ran } from './run-journey.ts'
import { readAnswer, readRun, type SavedRun } from './saved-run.ts'

/**
 * The last response, if this request ended at the same page and left nothing to save: agents poll often, and mostly nothing
 * has happened. Then the journey session stays as it is, the same authId remains valid, and the request leaves no trace.
 *
 * @param after the journey after this request
 * @returns undefined if the step must be saved
 */
export function unchangedAnswer(run: RunContext, ran: Ran, after: SavedRun): AuthenticateAnswer | undefined {
  const { step, effects } = run
  const { volatileKeys } = ran
  if (volatileKeys === undefined || step.text === undefined || effects.mustBeSaved) return undefined
  const before = readRun(step.text)
  if (!isDeepStrictEqual(lasting(before, volatileKeys), lasting(after, volatileKeys))) return undefined
  return readAnswer(step.text)
}

/** The parts of a run that matter if its page is the same. */
function lasting(
  { visits: _visits, trace: _trace, waitingSince: _since, session, ...others }: SavedRun,
  volatileKeys: readonly string[],
) {
  return { ...others, session: { ...session, shared: without(session.shared, volatileKeys) } }
}

function without(shared: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(shared).filter(([key]) => !keys.includes(key)))
}
