import { z } from 'zod'

/** Errors make journeys fail, warnings may be intended, hints are about style. Most severe first. */
export const severities = ['error', 'warning', 'hint'] as const

/** A problem of a journey. Its texts never contain secrets. */
export const findingSchema = z.object({
  /** Id of the rule, as `docs/lint.md` lists it. */
  rule: z.string(),
  severity: z.enum(severities),
  journey: z.string(),
  /** Absent if the finding is about the whole journey. */
  nodeId: z.string().exactOptional(),
  /** One sentence. */
  message: z.string(),
  /** One sentence. */
  remedy: z.string(),
})

export type Finding = z.infer<typeof findingSchema>
export type Severity = Finding['severity']
