import { z } from 'zod'

/** One node run as an administrator sees it afterwards: names and keys, never values. */
export const traceEntrySchema = z.object({
  /** Epoch milliseconds. */
  at: z.number(),
  /** Counts the requests of the run from 1; journeys that an earlier version started do not say. */
  request: z.number().optional(),
  journey: z.string(),
  nodeId: z.string(),
  nodeType: z.string(),
  displayName: z.string(),
  /** An outcome id, or what happened instead. */
  outcome: z.string().optional(),
  result: z.enum(['outcome', 'callbacks', 'suspended', 'entered', 'error']),
  /** Why, in a sentence without secrets; set where the result alone does not say. */
  reason: z.string().optional(),
  /** Milliseconds, with fractions. */
  duration: z.number(),
  keysRead: z.array(z.string()),
  keysWritten: z.array(z.string()),
})

export type TraceEntry = z.infer<typeof traceEntrySchema>
