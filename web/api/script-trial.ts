import * as z from 'zod/mini'
import type { JsonObject } from './json.ts'
import { realmPath } from './realm-path.ts'
import { request } from './request.ts'

const changeSchema = z.object({
  part: z.string(),
  change: z.enum(['added', 'changed', 'removed']),
  before: z.optional(z.json()),
  after: z.optional(z.json()),
})

const trialSchema = z.object({
  outcome: z.nullable(z.string()),
  config: z._default(z.nullable(z.json()), null),
  error: z._default(
    z.nullable(
      z.object({
        kind: z.string(),
        message: z.string(),
        line: z._default(z.nullable(z.number()), null),
        column: z._default(z.nullable(z.number()), null),
      }),
    ),
    null,
  ),
  state: z._default(z.record(z.string(), changeSchema), {}),
  callbacks: z._default(z.array(z.looseObject({ type: z.string() })), []),
  log: z._default(z.array(z.object({ level: z.string(), at: z.number(), message: z.string() })), []),
  calls: z._default(z.array(z.object({ op: z.string(), summary: z.string(), isMade: z.boolean() })), []),
  cpuMilliseconds: z._default(z.number(), 0),
  wallMilliseconds: z._default(z.number(), 0),
  memoryBytes: z._default(z.number(), 0),
  limits: z.object({ cpuMilliseconds: z.number(), memoryBytes: z.number() }),
})

export type Change = z.infer<typeof changeSchema>

/** The result of a trial run. A failed script changes no state. */
export type Trial = z.infer<typeof trialSchema>

export type TrialRequest = {
  source: string
  context: string
  evaluatorVersion?: string
  name: string
  state: { shared?: JsonObject; transient?: JsonObject; secure?: JsonObject }
  outcomes?: readonly string[]
  properties?: JsonObject
  answers?: readonly JsonObject[]
  headers?: JsonObject
  parameters?: JsonObject
  /** Whether the script may change people and send requests, as in a journey. */
  effects?: boolean
}

/** Runs an unsaved script once, in the same sandbox and with the same limits as in a journey. */
export function tryScript(realm: string, trial: TrialRequest): Promise<Trial> {
  return request(trialSchema, `${realmPath(realm)}/scripts`, {
    method: 'POST',
    query: { _action: 'try' },
    body: trial,
  })
}
