import * as z from 'zod/mini'
import { stepSchema } from '../../api/authenticate.ts'

const storedStepSchema = z.object({
  /**
   * When to continue: `redirect` after the browser has returned from another site; `here` as soon as this page loads again,
   * for a suspended or resumed journey, or a change of content security policy.
   */
  reason: z.enum(['redirect', 'here']),
  /** URL of the page without its origin. */
  path: z.string(),
  step: stepSchema,
  /** The failure that the page still has to show. */
  failure: z.optional(z.string()),
})

/** A step that survives leaving the page. It is stored per tab. */
export type StoredStep = z.infer<typeof storedStepSchema>

const key = 'sidegate-stored-step'

/** @returns false if storage is disabled, so that the journey is lost when the page is left. */
export function storeStep(stored: StoredStep): boolean {
  try {
    sessionStorage.setItem(key, JSON.stringify(stored))
    return true
  } catch {
    return false
  }
}

/** Reads and removes the stored step. */
export function takeStoredStep(): StoredStep | undefined {
  try {
    const stored = z.parse(storedStepSchema, JSON.parse(sessionStorage.getItem(key) ?? ''))
    sessionStorage.removeItem(key)
    return stored
  } catch {
    return undefined
  }
}
