import { z } from 'zod'

/** An error fails whoever comes by; a warning may be meant; a hint is for tidiness. Worst first. */
export const severities = ['error', 'warning', 'hint'] as const

/** One thing that is wrong with a journey. None of its texts holds a secret. */
export const findingSchema = z.object({
  /** Id of the rule, as `docs/lint.md` lists it. */
  rule: z.string(),
  severity: z.enum(severities),
  journey: z.string(),
  /** Absent where the journey as a whole is meant. */
  nodeId: z.string().exactOptional(),
  /** One sentence. */
  message: z.string(),
  /** One sentence: what to do about it. */
  remedy: z.string(),
})

export type Finding = z.infer<typeof findingSchema>
export type Severity = Finding['severity']
