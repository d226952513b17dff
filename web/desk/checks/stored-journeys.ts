import * as z from 'zod/mini'
import { stepSchema } from '../../api/authenticate.ts'
import { personSchema } from '../../api/help-desk.ts'

const journeySchema = z.object({
  realm: z.string(),
  /** The current step; undefined when the journey has ended. */
  step: z.optional(stepSchema),
  /** The caller's link, while it works. */
  link: z.optional(z.string()),
  person: z.optional(personSchema),
  /** Messages of the journey's last step. */
  messages: z._default(z.array(z.object({ text: z.string(), at: z.number() })), []),
})

const journeysSchema = z.record(z.string(), journeySchema)

/** A front journey of this window. It survives a reload, but not the window. */
export type StoredJourney = z.infer<typeof journeySchema>

const key = 'sidegate-desk-journeys'

/** All front journeys of this window by the reference of their check. */
export function storedJourneys(): Record<string, StoredJourney> {
  try {
    const parsed = z.safeParse(journeysSchema, JSON.parse(sessionStorage.getItem(key) ?? '{}'))
    return parsed.success ? parsed.data : {}
  } catch {
    return {}
  }
}

/** Without session storage, a reload stops the front journey, but not the check. */
export function storeJourney(reference: string, journey: StoredJourney): void {
  try {
    sessionStorage.setItem(key, JSON.stringify({ ...storedJourneys(), [reference]: journey }))
  } catch {
    // Storage is disabled or full.
  }
}

/** Called at sign-out, because another person may use the window next. */
export function deleteStoredJourneys(): void {
  try {
    sessionStorage.removeItem(key)
  } catch {
    // Storage is disabled.
  }
}
