import { advanceJourney, type JourneyResponse, type Step } from '../../api/authenticate.ts'
import { OfflineError } from '../../api/request.ts'
import { serverNow } from '../../api/server-clock.ts'
import { isOpen } from '../../check-model/check.ts'
import { plainText } from '../../check-model/plain-text.ts'
import { messagesOf, pageLocaleQuery, waitTimeOf } from './front-step.ts'
import {
  type FrontJourney,
  frontJourney,
  setJourney,
  updateJourney,
  useFrontJourneys,
} from './journey-store.ts'
import { onEvent, useLiveChecks } from './live-checks.ts'

/** Milliseconds. */
const offlineRetryDelay = 3_000

/** References of the front journeys that are running. */
const running = new Set<string>()
/** Ends the pause of a journey, with or without the agent's answer. */
const wakeUps = new Map<string, (answer?: Step) => void>()

/** Journeys whose next poll should not wait, because their check has changed. */
const early = new Set<string>()

/** Kinds of events that can change the path of a front journey. */
const decisiveKinds = new Set(['opened', 'approved', 'denied', 'notMe', 'cancelled', 'expired'])

/** Continues the front journeys of this window after a reload. */
export function resumeJourneys(): void {
  onEvent((reference, kind) => {
    if (!decisiveKinds.has(kind) || !running.has(reference)) return
    early.add(reference)
    wakeUps.get(reference)?.()
  })
  for (const reference of Object.keys(useFrontJourneys.getState())) runToEnd(reference)
}

/** Runs a front journey that has created its link. */
export function storeAndRun(reference: string, journey: FrontJourney): void {
  setJourney(reference, { ...journey, link: useLiveChecks.getState()[reference]?.check?.link })
  runToEnd(reference)
}

/** Passes on the agent's answer to a question of the journey. */
export function answerJourney(reference: string, step: Step): void {
  wakeUps.get(reference)?.(step)
}

async function runToEnd(reference: string): Promise<void> {
  if (running.has(reference)) return
  running.add(reference)
  try {
    for (;;) {
      const journey = frontJourney(reference)
      if (journey?.step === undefined) return
      const answer = await awaitAnswer(reference, journey.step)
      const response = await sendUntilReceived(journey.realm, answer)
      setJourney(reference, nextState(journey, response, reference))
    }
  } finally {
    running.delete(reference)
    updateJourney(reference, { question: undefined })
  }
}

/** `isEarly`: the step is polled before its wait time is over. */
type StepAnswer = { step: Step; isEarly: boolean }

/** Waits for the step's wait time, or for the agent's answer. Steps with only messages are answered at once. */
async function awaitAnswer(reference: string, step: Step): Promise<StepAnswer> {
  const waitTime = waitTimeOf(step)
  if (waitTime !== undefined) {
    if (!early.has(reference)) await pause(reference, waitTime)
    return { step, isEarly: early.delete(reference) }
  }
  if (messagesOf(step) !== undefined) return { step, isEarly: false }
  updateJourney(reference, { question: step })
  for (;;) {
    const answer = await pause(reference)
    if (answer === undefined) continue
    updateJourney(reference, { question: undefined })
    return { step: answer, isEarly: false }
  }
}

/** @returns the agent's answer, if that ended the pause. */
function pause(reference: string, milliseconds?: number): Promise<Step | undefined> {
  return new Promise((resolve) => {
    const timer = milliseconds === undefined ? undefined : setTimeout(resolve, milliseconds)
    wakeUps.set(reference, (answer) => {
      clearTimeout(timer)
      resolve(answer)
    })
  })
}

/** Retries until the server has received the answer. It processes each step only once. */
async function sendUntilReceived(realm: string, { step, isEarly }: StepAnswer): Promise<JourneyResponse> {
  for (;;) {
    try {
      // The server repeats the step for an early poll, unless the client offers to wait.
      const headers = isEarly ? { prefer: 'wait=2' } : undefined
      const response = await advanceJourney({ realm, query: pageLocaleQuery(), step, headers })
      if (response.kind !== 'failure' || response.code < 500) return response
    } catch (error) {
      if (!(error instanceof OfflineError)) throw error
    }
    await new Promise((resolve) => setTimeout(resolve, offlineRetryDelay))
  }
}

function nextState(journey: FrontJourney, response: JourneyResponse, reference: string): FrontJourney {
  const step = response.kind === 'step' ? response.step : undefined
  const texts = step === undefined ? [] : (messagesOf(step) ?? [])
  const added = texts.map((text) => ({ text: plainText(text), at: serverNow() }))
  const messages = [...journey.messages, ...added]
  const { check } = useLiveChecks.getState()[reference] ?? {}
  const isLinkOver = check !== undefined && !isOpen(check)
  return { ...journey, step, messages, link: isLinkOver ? undefined : journey.link }
}
