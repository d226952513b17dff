import * as z from 'zod/mini'
import { create } from 'zustand'
import { type Step, stepSchema } from '../../api/authenticate.ts'
import { personSchema } from '../../api/help-desk.ts'

const journeySchema = z.object({
  realm: z.string(),
  /** The current step; undefined when the journey has ended. */
  step: z.optional(stepSchema),
  /** The caller's link, while it works. */
  link: z.optional(z.string()),
  /** The chosen caller. */
  person: z.optional(personSchema),
  /** Messages of the journey's last step. */
  messages: z._default(z.array(z.object({ text: z.string(), at: z.number() })), []),
})

/** A front journey of this window. It survives a reload, but not the window. */
export type FrontJourney = z.infer<typeof journeySchema> & {
  /** The step that the agent has to answer. Not stored. */
  question?: Step | undefined
}

const key = 'sidegate-desk-journeys'

/** All front journeys of this window by the reference of their check. */
export const useFrontJourneys = create<Readonly<Record<string, FrontJourney>>>()(() => stored())

useFrontJourneys.subscribe((journeys) => {
  try {
    sessionStorage.setItem(key, JSON.stringify(journeys))
  } catch {
    // Storage is disabled or full: a reload then stops the front journeys, but not their checks.
  }
})

function stored(): Record<string, FrontJourney> {
  try {
    const journeys = z.record(z.string(), journeySchema)
    const parsed = z.safeParse(journeys, JSON.parse(sessionStorage.getItem(key) ?? '{}'))
    return parsed.success ? parsed.data : {}
  } catch {
    return {}
  }
}

export function frontJourney(reference: string): FrontJourney | undefined {
  return useFrontJourneys.getState()[reference]
}

/** Changes a journey of this window; others are left alone. */
export function updateJourney(reference: string, changes: Partial<FrontJourney>): void {
  const journey = frontJourney(reference)
  if (journey !== undefined) setJourney(reference, { ...journey, ...changes })
}

export function setJourney(reference: string, journey: FrontJourney): void {
  useFrontJourneys.setState({ [reference]: journey })
}

/** Called at sign-out, because another person may use the window next. */
export function deleteFrontJourneys(): void {
  useFrontJourneys.setState({}, true)
}
