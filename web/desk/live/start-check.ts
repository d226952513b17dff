import { advanceJourney, type JourneyResponse, type Step } from '../../api/authenticate.ts'
import type { OfferedCheck, Person } from '../../api/help-desk.ts'
import { holdAndRun } from './front-journeys.ts'
import { openByJourney } from './live-checks.ts'
import { filledFor, prefilled, saidBy, waitOf } from './step.ts'

/** What a check is for; the caller reads it. */
export type Purpose = { action: string; reason: string; ticket: string }

export type Starting = { realm: string; check: OfferedCheck; person: Person; purpose: Purpose }

/** What became of a start: a check, a question for the agent first, or nothing. */
export type Started =
  | { kind: 'started'; reference: string }
  | { kind: 'asks'; step: Step }
  | { kind: 'failed'; code: number; message: string; detail?: unknown }

/**
 * Starts a check: runs its front journey up to the link, as any client of the wire would. A page that asks who calls
 * is answered; one that asks something else comes back as a question.
 * @throws OfflineError
 */
export async function startCheck(starting: Starting): Promise<Started> {
  const { realm, check, person, purpose } = starting
  const first = await advanceJourney({
    realm,
    query: {
      authIndexType: 'service',
      authIndexValue: check.journey,
      ForceAuth: true,
      // Decides between people who share an address.
      chosenPerson: person._id,
      action: purpose.action || undefined,
      reason: purpose.reason || undefined,
      ticket: purpose.ticket || undefined,
    },
  })
  if (first.kind !== 'step' || waitOf(first.step) !== undefined || saidBy(first.step) !== undefined) {
    return becameOf(starting, first)
  }
  const filled = filledFor(first.step, person, check.takesMail)
  if (filled === undefined) return { kind: 'asks', step: prefilled(first.step, person, check.takesMail) }
  return goOn(starting, filled)
}

/** Answers a question of the start. */
export async function goOn(starting: Starting, step: Step): Promise<Started> {
  return becameOf(starting, await advanceJourney({ realm: starting.realm, step }))
}

async function becameOf(starting: Starting, answer: JourneyResponse): Promise<Started> {
  const { realm, person } = starting
  if (answer.kind === 'failure') {
    const { code, message, detail } = answer
    return { kind: 'failed', code, message, detail }
  }
  if (answer.kind === 'success') return { kind: 'failed', code: 200, message: '' }
  const { step } = answer
  const wait = waitOf(step)
  if (wait === undefined && saidBy(step) === undefined) return { kind: 'asks', step }
  const reference = await openByJourney(realm, step.authId)
  if (reference !== undefined) {
    holdAndRun(reference, { realm, step, person, said: [] })
    return { kind: 'started', reference }
  }
  if (wait === undefined) return { kind: 'asks', step }
  await new Promise((resolve) => setTimeout(resolve, wait))
  return goOn(starting, step)
}
