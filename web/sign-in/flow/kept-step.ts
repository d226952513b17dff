import * as z from 'zod/mini'
import { stepSchema } from '../../api/authenticate.ts'

const keptSchema = z.object({
  /**
   * How the page goes on: when the browser comes back from the site that it was sent to, or as soon as the page is here
   * again, for a journey that waits for a mail to be opened, came out of one, or needs another policy.
   */
  reason: z.enum(['redirect', 'here']),
  /** The address of the page, without its origin. */
  path: z.string(),
  step: stepSchema,
  /** Why the journey had started again, as it is still to be said. */
  failure: z.optional(z.string()),
})

/** A step that outlives the page. It stays in this tab, and is gone with it. */
export type KeptStep = z.infer<typeof keptSchema>

const key = 'sidegate-kept-step'

/** @returns false where the browser keeps nothing: the journey can't go on once the page is left. */
export function keepStep(kept: KeptStep): boolean {
  try {
    sessionStorage.setItem(key, JSON.stringify(kept))
    return true
  } catch {
    return false
  }
}

/** The step that was kept, if it was: once. */
export function takeKeptStep(): KeptStep | undefined {
  try {
    const kept = z.parse(keptSchema, JSON.parse(sessionStorage.getItem(key) ?? ''))
    sessionStorage.removeItem(key)
    return kept
  } catch {
    return undefined
  }
}
