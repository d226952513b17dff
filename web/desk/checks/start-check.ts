import { advanceJourney, type JourneyResponse, type Step } from '../../api/authenticate.ts'
import type { OfferedCheck, Person } from '../../api/help-desk.ts'
import { awaitedApproval } from '../approvals/approval-step.ts'
import { storeAndRun } from './front-journeys.ts'
import { answerForPerson, messagesOf, pageLocaleQuery, prefillForPerson, waitTimeOf } from './front-step.ts'
import { watchNewCheck } from './live-checks.ts'

/** The purpose of the check. The caller's page shows it. */
export type Purpose = { action: string; reason: string; ticket: string }

export type StartOptions = { realm: string; check: OfferedCheck; person: Person; purpose: Purpose }

/** `asks`: the agent has to answer a step first, or a second agent has to approve. */
export type StartResult =
  | { kind: 'started'; reference: string }
  | { kind: 'asks'; step: Step }
  | { kind: 'failed'; code: number; message: string; detail?: unknown }

/**
 * Starts a check by running its front journey until it has created the link. If the first step only asks who is calling,
 * answers it with the chosen person.
 * @throws OfflineError
 */
export async function startCheck(options: StartOptions): Promise<StartResult> {
  const { realm, check, person, purpose } = options
  const first = await advanceJourney({
    realm,
    query: {
      authIndexType: 'service',
      authIndexValue: check.journey,
      ForceAuth: true,
      ...pageLocaleQuery(),
      // Decides between people with the same email address.
      chosenPerson: person._id,
      action: purpose.action || undefined,
      reason: purpose.reason || undefined,
      ticket: purpose.ticket || undefined,
    },
  })
  if (first.kind !== 'step' || waitTimeOf(first.step) !== undefined || messagesOf(first.step) !== undefined) {
    return toStartResult(options, first)
  }
  const answer = answerForPerson(first.step, person, check.takesMail)
  if (answer === undefined) {
    return { kind: 'asks', step: prefillForPerson(first.step, person, check.takesMail) }
  }
  return continueStart(options, answer)
}

/** Answers a step that came before the link. */
export async function continueStart(options: StartOptions, step: Step): Promise<StartResult> {
  return toStartResult(
    options,
    await advanceJourney({ realm: options.realm, query: pageLocaleQuery(), step }),
  )
}

async function toStartResult(options: StartOptions, response: JourneyResponse): Promise<StartResult> {
  const { realm, person } = options
  if (response.kind === 'failure') {
    const { code, message, detail } = response
    return { kind: 'failed', code, message, detail }
  }
  if (response.kind === 'success') return { kind: 'failed', code: 200, message: '' }
  const { step } = response
  if (awaitedApproval(step) !== undefined) return { kind: 'asks', step }
  const waitTime = waitTimeOf(step)
  if (waitTime === undefined && messagesOf(step) === undefined) return { kind: 'asks', step }
  const reference = await watchNewCheck(realm, step.authId)
  if (reference !== undefined) {
    storeAndRun(reference, { realm, step, person, messages: [] })
    return { kind: 'started', reference }
  }
  if (waitTime === undefined) return { kind: 'asks', step }
  await new Promise((resolve) => setTimeout(resolve, waitTime))
  return continueStart(options, step)
}
