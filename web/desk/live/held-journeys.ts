import * as z from 'zod/mini'
import { stepSchema } from '../../api/authenticate.ts'
import { personSchema } from '../../api/help-desk.ts'

const heldSchema = z.object({
  realm: z.string(),
  /** What the front journey asks now; left out when it is over. */
  step: z.optional(stepSchema),
  /** The caller's link, while it works. */
  link: z.optional(z.string()),
  person: z.optional(personSchema),
  /** What the front journey said at its end. */
  said: z._default(z.array(z.object({ text: z.string(), at: z.number() })), []),
})

const allSchema = z.record(z.string(), heldSchema)

/** A front journey that this window runs, by the reference of its check. It outlives a reload, and no window. */
export type HeldJourney = z.infer<typeof heldSchema>

const key = 'sidegate-desk-journeys'

export function heldJourneys(): Record<string, HeldJourney> {
  try {
    const parsed = z.safeParse(allSchema, JSON.parse(sessionStorage.getItem(key) ?? '{}'))
    return parsed.success ? parsed.data : {}
  } catch {
    return {}
  }
}

/** Storage may be off: then a reload ends what this window runs, and the check goes on without it. */
export function holdJourney(reference: string, held: HeldJourney): void {
  try {
    sessionStorage.setItem(key, JSON.stringify({ ...heldJourneys(), [reference]: held }))
  } catch {
    // Nothing is lost but the reload.
  }
}

/** Nothing of an agent stays behind in a window that somebody else may use. */
export function forgetJourneys(): void {
  try {
    sessionStorage.removeItem(key)
  } catch {
    // It was off all the time.
  }
}
