import { z } from 'zod'
import { type Json, jsonObjectSchema } from './json.ts'

/** What nodes want said in the answer that ends a journey without success. */
export const endDetailsSchema = z.object({
  /** In place of the text that it would have. */
  message: z.string().exactOptional(),
  values: jsonObjectSchema,
  headers: z.record(z.string(), z.string()),
})

/** What nodes want said in the answer to a success. */
export const successDetailsSchema = z.object({
  values: jsonObjectSchema,
  /** Names of properties of the new session, by the member that shows it. */
  sessionProperties: z.record(z.string(), z.string()),
  headers: z.record(z.string(), z.string()),
})

export type EndDetails = z.infer<typeof endDetailsSchema>
export type SuccessDetails = z.infer<typeof successDetailsSchema>

/** Of several nodes that set the same detail, the last one counts. */
export function withEndDetails(held: EndDetails | undefined, added: EndDetails): EndDetails {
  return {
    ...held,
    ...added,
    values: { ...held?.values, ...added.values },
    headers: { ...held?.headers, ...added.headers },
  }
}

/** As {@link withEndDetails}. */
export function withSuccessDetails(held: SuccessDetails | undefined, added: SuccessDetails): SuccessDetails {
  return {
    values: { ...held?.values, ...added.values },
    sessionProperties: { ...held?.sessionProperties, ...added.sessionProperties },
    headers: { ...held?.headers, ...added.headers },
  }
}

/** A text as the answer shows it: what reads as JSON becomes JSON. */
export function asJson(text: string): Json {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
