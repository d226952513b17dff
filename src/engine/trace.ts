import { z } from 'zod'
import { failedScriptSchema } from './script-exception.ts'

/** One node run in the trace: names and keys, never values. */
export const traceEntrySchema = z.object({
  /** Epoch milliseconds. */
  at: z.number(),
  /** Number of the request within the run, from 1. Absent in journeys started by an earlier version. */
  request: z.number().optional(),
  journey: z.string(),
  nodeId: z.string(),
  nodeType: z.string(),
  displayName: z.string(),
  outcome: z.string().optional(),
  result: z.enum(['outcome', 'callbacks', 'suspended', 'entered', 'error']),
  /** An explanation, unless the outcome needs none. Never contains secrets. */
  reason: z.string().optional(),
  /** Milliseconds with fractions. */
  duration: z.number(),
  keysRead: z.array(z.string()),
  keysWritten: z.array(z.string()),
  failedScript: failedScriptSchema.optional(),
  /** Types that can't run here, if the outcome is that of a declared stand-in. */
  standIns: z.array(z.string()).optional(),
})

export type TraceEntry = z.infer<typeof traceEntrySchema>
