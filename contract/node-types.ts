import * as z from 'zod/mini'
import type { Endpoint } from './endpoint.ts'

/** The palette's groups of node types. */
export const nodeFamilies = [
  'backchannel',
  'collect',
  'identity',
  'decide',
  'device',
  'flow',
  'custom',
] as const

const familySchema = z.enum(nodeFamilies)

const outcomeSchema = z.object({ id: z.string(), displayName: z.string() })

export const nodeTypeSchema = z.looseObject({
  type: z.string(),
  version: z.string(),
  /** Whether no newer version of the type exists. */
  isNewest: z.boolean(),
  isCustom: z.boolean(),
  isSupported: z.boolean(),
  title: z.string(),
  help: z.string(),
  tags: z.array(z.string()),
  family: familySchema,
  /** `fixed`: `outcomes` has them all. `settings`: ask with the node's settings. `unknown`: the type doesn't run here. */
  outcomesFrom: z.enum(['fixed', 'settings', 'unknown']),
  outcomes: z.nullable(z.array(outcomeSchema)),
  /** Names of state keys, as far as they don't depend on the settings. */
  reads: z.array(z.string()),
  writes: z.array(z.string()),
  /** Settings of a new node. Types that don't run here have neither these nor a schema. */
  template: z.optional(z.record(z.string(), z.json())),
  /** JSON Schema of the settings. */
  settings: z.optional(z.record(z.string(), z.json())),
})

export const listNodeTypes = {
  method: 'GET',
  path: 'node-types',
  answer: z.object({
    result: z.array(nodeTypeSchema),
    families: z.array(z.object({ id: familySchema, title: z.string() })),
  }),
} as const satisfies Endpoint

export const readOutcomes = {
  method: 'POST',
  path: 'node-types',
  actions: {
    outcomes: {
      answer: z.object({
        result: z.array(
          z.object({ outcomes: z.nullable(z.array(outcomeSchema)), problem: z.optional(z.string()) }),
        ),
      }),
    },
  },
} as const satisfies Endpoint
