import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { lazy, lazyLooseObject, lazyObject } from './lazy.ts'

/** What nodes are for: the colours of diagrams. */
export const nodeFamilies = [
  'backchannel',
  'collect',
  'identity',
  'decide',
  'device',
  'flow',
  'custom',
] as const

const familySchema = lazy(() => z.enum(nodeFamilies))

const outcomeSchema = lazyObject(() => ({ id: z.string(), displayName: z.string() }))

const keyLineSchema = lazyObject(() => ({ key: z.string(), content: z.string() }))

/** Texts have `code` and **bold**. A key or outcome `*` stands for any; `‹name›` is the value of a setting. */
const aboutSchema = lazyObject(() => ({
  /** Outside systems that the node needs. */
  needs: z.array(z.string()),
  reads: z.array(keyLineSchema()),
  writes: z.array(keyLineSchema()),
  /** Inputs besides settings, state and answers. */
  inputs: z.optional(z.string()),
  /** Effects besides state. */
  outputs: z.optional(z.string()),
  outcomes: z.array(z.object({ id: z.string(), label: z.string(), taken: z.string() })),
  callbacks: z.array(z.object({ kind: z.string(), purpose: z.string() })),
  suspends: z.boolean(),
  errors: z.array(
    z.object({ level: z.enum(['fail', 'error', 'warn']), text: z.string(), cause: z.string() }),
  ),
}))

export const nodeTypeSchema = lazyLooseObject(() => ({
  type: z.string(),
  version: z.string(),
  /** Whether no newer version of the type exists. */
  isNewest: z.boolean(),
  isCustom: z.boolean(),
  isSupported: z.boolean(),
  /** Whether its nodes may ask the person. Others don't belong on a page. True for types that don't run here. */
  isInteractive: z.boolean(),
  /** For types that only have a stand-in: why, as a sentence. */
  standIn: z.optional(z.string()),
  title: z.string(),
  help: z.string(),
  tags: z.array(z.string()),
  family: familySchema(),
  /** The palette's group; one of `categories`. */
  category: z.string(),
  /** What the reference says; absent for types that don't run here. */
  about: z.optional(aboutSchema()),
  /** `fixed`: `outcomes` has them all. `settings`: ask with the node's settings. `unknown`: the type doesn't run here. */
  outcomesFrom: z.enum(['fixed', 'settings', 'unknown']),
  outcomes: z.nullable(z.array(outcomeSchema())),
  /** Names of state keys that a new node uses. */
  reads: z.array(z.string()),
  writes: z.array(z.string()),
  /** Settings of a new node. Types that don't run here have neither these nor a schema. */
  template: z.optional(z.record(z.string(), z.json())),
  /** JSON Schema of the settings. */
  settings: z.optional(z.record(z.string(), z.json())),
}))

export const listNodeTypes = endpoint('GET', 'node-types', {
  answer: lazyObject(() => ({
    result: z.array(nodeTypeSchema()),
    families: z.array(z.object({ id: familySchema(), title: z.string() })),
    categories: z.array(z.object({ id: z.string(), title: z.string() })),
  })),
})

export const readOutcomes = endpoint('POST', 'node-types', {
  actions: {
    outcomes: {
      answer: lazyObject(() => ({
        result: z.array(
          z.object({
            outcomes: z.nullable(z.array(outcomeSchema())),
            problem: z.optional(z.string()),
            /** Absent if the settings are invalid. */
            reads: z.optional(z.array(z.string())),
            writes: z.optional(z.array(z.string())),
          }),
        ),
      })),
    },
  },
})
