import { z } from 'zod'

/** Errors make journeys fail, warnings may be intended, hints are about style. Most severe first. */
export const severities = ['error', 'warning', 'hint'] as const

/** Settings of a journey that findings can ask to turn on. */
const journeySwitches = ['noSession', 'mustRun', 'transactionalOnly'] as const

/** A problem of a journey. Its texts never contain secrets. */
export const findingSchema = z.object({
  /** Id of the rule, as `docs/lint.md` lists it. */
  rule: z.string(),
  severity: z.enum(severities),
  journey: z.string(),
  /** Absent if the finding is about the whole journey. */
  nodeId: z.string().exactOptional(),
  /** The setting of the node that it is about; of the journey if there is no node. */
  setting: z.string().exactOptional(),
  /** The outcome of the node that it is about. */
  outcome: z.string().exactOptional(),
  /** The script that it is about, or the custom node type. */
  scriptId: z.string().exactOptional(),
  /** The line of the script. */
  line: z.number().exactOptional(),
  /** One sentence. */
  message: z.string(),
  /** One sentence. */
  remedy: z.string(),
  /** The switch of the journey that resolves it, so that editors can offer to turn it on. */
  turnOn: z.enum(journeySwitches).exactOptional(),
})

export type Finding = z.infer<typeof findingSchema>
export type Severity = Finding['severity']
