import * as z from 'zod/mini'
import type { Endpoint } from './endpoint.ts'

const outcomeSchema = z.object({ id: z.string(), displayName: z.string() })

const nodeTypeSchema = z.looseObject({
  type: z.string(),
  version: z.string(),
  title: z.string(),
  family: z.string(),
  /** `fixed`: `outcomes` has them all. `settings`: ask with the node's settings. `unknown`: the type doesn't run here. */
  outcomesFrom: z.enum(['fixed', 'settings', 'unknown']),
  outcomes: z.nullable(z.array(outcomeSchema)),
})

export const listNodeTypes = {
  method: 'GET',
  path: 'node-types',
  answer: z.looseObject({ result: z.array(nodeTypeSchema) }),
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
