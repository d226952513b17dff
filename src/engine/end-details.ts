import { z } from 'zod'
import { jsonObjectSchema } from '../base/json.ts'

/** Details that nodes add to the response of a journey that fails. */
export const endDetailsSchema = z.object({
  /** Replaces the default text. */
  message: z.string().exactOptional(),
  values: jsonObjectSchema,
  headers: z.record(z.string(), z.string()),
})

/** Details that nodes add to the response of a journey that succeeds. */
export const successDetailsSchema = z.object({
  values: jsonObjectSchema,
  /** Name of the session property by name of the response member. */
  sessionProperties: z.record(z.string(), z.string()),
  headers: z.record(z.string(), z.string()),
})

export type EndDetails = z.infer<typeof endDetailsSchema>
export type SuccessDetails = z.infer<typeof successDetailsSchema>

/** Merges details of several nodes. The last node wins. */
export function withEndDetails(existing: EndDetails | undefined, added: EndDetails): EndDetails {
  return {
    ...existing,
    ...added,
    values: { ...existing?.values, ...added.values },
    headers: { ...existing?.headers, ...added.headers },
  }
}

/** Like {@link withEndDetails}. */
export function withSuccessDetails(
  existing: SuccessDetails | undefined,
  added: SuccessDetails,
): SuccessDetails {
  return {
    values: { ...existing?.values, ...added.values },
    sessionProperties: { ...existing?.sessionProperties, ...added.sessionProperties },
    headers: { ...existing?.headers, ...added.headers },
  }
}
