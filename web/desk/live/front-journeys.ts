import { advanceJourney, type JourneyResponse, type Step } from '../../api/authenticate.ts'
import { OfflineError } from '../../api/request.ts'
import { isOpen } from '../../check-model/check.ts'
import { plainText } from '../../check-model/plain-text.ts'
import { type HeldJourney, heldJourneys, holdJourney } from './held-journeys.ts'
import { change, onEntry, useLiveChecks } from './live-checks.ts'
import { saidBy, waitOf } from './step.ts'

/** Milliseconds before a question is asked again that did not reach the server. */
const offlinePause = 3_000

const running = new Set<string>()
/** Ends the pause of a journey early, with or without an answer of the agent. */
const wakers = new Map<string, (answer?: Step) => void>()

/** Journeys with news since they were last asked. */
const nudged = new Set<string>()

/** Kinds of news that a front journey takes another way for. */
const turns = new Set(['opened', 'approved', 'denied', 'notMe', 'cancelled', 'expired'])

/** Goes on with all journeys that this window ran before it was loaded. */
export function resumeJourneys(): void {
  onEntry((reference, kind) => {
    if (!turns.has(kind) || !running.has(reference)) return
    nudged.add(reference)
    wakers.get(reference)?.()
  })
  for (const [reference, { step, person, said }] of Object.entries(heldJourneys())) {
    change(reference, { person, said })
    if (step !== undefined) keepGoing(reference)
  }
}

/** Holds a journey that has made its link, and answers it until its end. */
export function holdAndRun(reference: string, held: HeldJourney): void {
  const link = useLiveChecks.getState()[reference]?.check?.link
  holdJourney(reference, { ...held, link })
  change(reference, { person: held.person, said: held.said })
  keepGoing(reference)
}

/** The agent's answer to what the journey asks. */
export function answerJourney(reference: string, step: Step): void {
  wakers.get(reference)?.(step)
}

async function keepGoing(reference: string): Promise<void> {
  if (running.has(reference)) return
  running.add(reference)
  try {
    for (;;) {
      const held = heldJourneys()[reference]
      if (held?.step === undefined) return
      const answered = await answerOf(reference, held.step)
      const answer = await sent(held.realm, answered)
      holdJourney(reference, after(held, answer, reference))
    }
  } finally {
    running.delete(reference)
    change(reference, { asked: undefined })
  }
}

/** Waits as long as the step wants to, or until the agent has answered it. */
async function answerOf(reference: string, step: Step): Promise<Answered> {
  const wait = waitOf(step)
  if (wait !== undefined) {
    if (!nudged.has(reference)) await pause(reference, wait)
    // A poll that comes early gets the same page, unless it says that it would wait.
    return { step, isEarly: nudged.delete(reference) }
  }
  if (saidBy(step) !== undefined) return { step, isEarly: false }
  change(reference, { asked: step })
  for (;;) {
    const answer = await pause(reference)
    if (answer === undefined) continue
    change(reference, { asked: undefined })
    return { step: answer, isEarly: false }
  }
}

type Answered = { step: Step; isEarly: boolean }

/** @returns the agent's answer, where it was that which ended the pause. */
function pause(reference: string, milliseconds?: number): Promise<Step | undefined> {
  return new Promise((resolve) => {
    const timer = milliseconds === undefined ? undefined : setTimeout(resolve, milliseconds)
    wakers.set(reference, (answer) => {
      clearTimeout(timer)
      resolve(answer)
    })
  })
}

/** Sends an answer until the server has it: a second time it has no second effect. */
async function sent(realm: string, { step, isEarly }: Answered): Promise<JourneyResponse> {
  for (;;) {
    try {
      const headers = isEarly ? { prefer: 'wait=2' } : undefined
      const answer = await advanceJourney({ realm, step, ...(headers === undefined ? {} : { headers }) })
      if (answer.kind !== 'failure' || answer.code < 500) return answer
    } catch (error) {
      if (!(error instanceof OfflineError)) throw error
    }
    await new Promise((resolve) => setTimeout(resolve, offlinePause))
  }
}

/** What is held after an answer: the next step, or at the end what was said. */
function after(held: HeldJourney, answer: JourneyResponse, reference: string): HeldJourney {
  const step = answer.kind === 'step' ? answer.step : undefined
  const texts = step === undefined ? [] : (saidBy(step) ?? [])
  const words = texts.map((text) => ({ text: plainText(text), at: Date.now() }))
  const said = [...held.said, ...words]
  if (words.length > 0) change(reference, { said })
  const { check } = useLiveChecks.getState()[reference] ?? {}
  const isLinkOver = check !== undefined && !isOpen(check)
  return { ...held, step, said, link: isLinkOver ? undefined : held.link }
}
