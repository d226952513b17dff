import * as z from 'zod/mini'
import {
  listNodeTypes,
  type nodeFamilies,
  nodeTypeSchema,
  readOutcomes as outcomesEndpoint,
} from '../../contract/node-types.ts'
import { callAction, endpointPath } from './endpoint.ts'
import type { JsonObject } from './json.ts'
import { request } from './request.ts'
import { settingSchema } from './setting.ts'

const formTypeSchema = z.extend(nodeTypeSchema(), {
  template: z._default(z.record(z.string(), z.json()), {}),
  settings: z.optional(
    z.looseObject({
      properties: z._default(z.record(z.string(), settingSchema), {}),
      required: z._default(z.array(z.string()), []),
    }),
  ),
})

const nodeTypesSchema = z.extend(listNodeTypes.answer(), { result: z.array(formTypeSchema) })

export type Family = (typeof nodeFamilies)[number]
export type NodeType = z.infer<typeof formTypeSchema>
export type NodeTypes = z.infer<typeof nodeTypesSchema>
export type Outcome = NonNullable<NodeType['outcomes']>[number]

/** All versions of all node types, custom types, and unsupported types that the realm's journeys use. */
export function readNodeTypes(realm: string, signal?: AbortSignal): Promise<NodeTypes> {
  return request(nodeTypesSchema, endpointPath(listNodeTypes, { realm }), { signal })
}

export type OutcomeQuery = { type: string; version: string; settings: JsonObject }

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
  const call = { realm, body: { nodes, innerNodes }, signal }
  const { result } = await callAction(outcomesEndpoint, 'outcomes', call)
  return result.map(({ outcomes }) => outcomes)
}

/** State keys; `*` stands for any. */
export type NodeKeys = { reads: readonly string[]; writes: readonly string[] }

/** The state keys of nodes with the given settings, in the same order; undefined for invalid settings. */
export async function readStateKeys(
  realm: string,
  nodes: readonly OutcomeQuery[],
  signal?: AbortSignal,
): Promise<(NodeKeys | undefined)[]> {
  const body = { nodes: nodes.map(({ type, version, settings }) => ({ type, version, settings })) }
  const { result } = await callAction(outcomesEndpoint, 'outcomes', { realm, body, signal })
  return result.map(({ reads, writes }) => (reads && writes ? { reads, writes } : undefined))
}
