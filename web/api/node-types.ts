import * as z from 'zod/mini'
import type { JsonObject } from './json.ts'
import { realmPath } from './realm-path.ts'
import { request } from './request.ts'
import { settingSchema } from './setting.ts'

export const families = ['backchannel', 'collect', 'identity', 'decide', 'device', 'flow', 'custom'] as const

const outcomeSchema = z.object({ id: z.string(), displayName: z.string() })

const settingsSchema = z.looseObject({
  properties: z._default(z.record(z.string(), settingSchema), {}),
  required: z._default(z.array(z.string()), []),
})

const nodeTypeSchema = z.object({
  type: z.string(),
  version: z._default(z.string(), '1.0'),
  isNewest: z._default(z.boolean(), true),
  isCustom: z._default(z.boolean(), false),
  isSupported: z._default(z.boolean(), true),
  title: z.string(),
  help: z._default(z.string(), ''),
  tags: z._default(z.array(z.string()), []),
  family: z.enum(families),
  /** `fixed`: see `outcomes`. `settings`: see {@link readOutcomes}. `unknown`: only known at run time. */
  outcomesFrom: z._default(z.enum(['fixed', 'settings', 'unknown']), 'unknown'),
  outcomes: z._default(z.nullable(z.array(outcomeSchema)), null),
  reads: z._default(z.array(z.string()), []),
  writes: z._default(z.array(z.string()), []),
  /** Default settings of a new node. */
  template: z._default(z.record(z.string(), z.json()), {}),
  settings: z.optional(settingsSchema),
})

const nodeTypesSchema = z.object({
  result: z.array(nodeTypeSchema),
  families: z._default(z.array(z.object({ id: z.enum(families), title: z.string() })), []),
})

export type Outcome = z.infer<typeof outcomeSchema>
export type Family = (typeof families)[number]
export type NodeType = z.infer<typeof nodeTypeSchema>
export type NodeTypes = z.infer<typeof nodeTypesSchema>

/** All versions of all node types, custom types, and unsupported types that the realm's journeys use. */
export function readNodeTypes(realm: string, signal?: AbortSignal): Promise<NodeTypes> {
  return request(nodeTypesSchema, `${realmPath(realm)}/node-types`, { signal })
}

export type OutcomeQuery = { type: string; version: string; settings: JsonObject }

const answersSchema = z.object({
  result: z.array(
    z.object({ outcomes: z.nullable(z.array(outcomeSchema)), problem: z.optional(z.string()) }),
  ),
})

/**
 * Outcomes of nodes with the given settings, in the same order; null where they are only known at run time.
 * @param innerNodes the current nodes inside page nodes.
 */
export async function readOutcomes(
  realm: string,
  nodes: readonly OutcomeQuery[],
  innerNodes: Readonly<Record<string, JsonObject>>,
  signal?: AbortSignal,
): Promise<(Outcome[] | null)[]> {
  const { result } = await request(answersSchema, `${realmPath(realm)}/node-types`, {
    method: 'POST',
    query: { _action: 'outcomes' },
    body: { nodes, innerNodes },
    signal,
  })
  return result.map(({ outcomes }) => outcomes)
}
