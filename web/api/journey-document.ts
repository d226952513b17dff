import * as z from 'zod/mini'
import type { Json } from './json.ts'
import { realmPath } from './realm-path.ts'
import { request } from './request.ts'

// Nothing is filled in and nothing is left out: what is saved is what was read, with what somebody changed.

const placeSchema = z.looseObject({
  x: z.optional(z.nullable(z.number())),
  y: z.optional(z.nullable(z.number())),
})

const treeNodeSchema = z.looseObject({
  nodeType: z.string(),
  version: z.optional(z.union([z.string(), z.number()])),
  displayName: z.optional(z.string()),
  /** Outcome id to the id of the node it leads to. */
  connections: z.optional(z.record(z.string(), z.string())),
  x: z.optional(z.nullable(z.number())),
  y: z.optional(z.nullable(z.number())),
})

const treeSchema = z.looseObject({
  _id: z.string(),
  description: z.optional(z.nullable(z.string())),
  entryNodeId: z.optional(z.string()),
  nodes: z.record(z.string(), treeNodeSchema),
  staticNodes: z.optional(z.record(z.string(), placeSchema)),
  uiConfig: z.optional(z.record(z.string(), z.unknown())),
})

const settingsSchema = z.record(z.string(), z.json())

const partsSchema = z.object({
  tree: treeSchema,
  nodes: z.record(z.string(), settingsSchema),
  innerNodes: z.record(z.string(), settingsSchema),
})

export const findingSchema = z.object({
  rule: z.string(),
  severity: z.enum(['error', 'warning', 'hint']),
  journey: z.string(),
  /** Absent where the journey as a whole is meant. */
  nodeId: z.optional(z.string()),
  message: z.string(),
  remedy: z.string(),
})

const documentSchema = z.extend(partsSchema, {
  _rev: z.string(),
  isDefault: z._default(z.boolean(), false),
  savedAt: z._default(z.nullable(z.number()), null),
  savedBy: z._default(z.nullable(z.string()), null),
  saves: z._default(z.number(), 0),
  _findings: z._default(z.array(findingSchema), []),
})

/** A place on the canvas, in pixels at 100 %. */
export type Point = { x: number; y: number }
export type TreeNode = z.infer<typeof treeNodeSchema>
/** Settings of a node, with `_id`, `_type` and `_outcomes`. */
export type NodeSettings = Record<string, Json>
/** A journey as the vendor's exports have it; `innerNodes` are those on pages. */
export type JourneyParts = z.infer<typeof partsSchema>
export type Finding = z.infer<typeof findingSchema>
/** A journey as it is stored, with who saved it and what is wrong with it. */
export type StoredJourney = z.infer<typeof documentSchema>

function journeysPath(realm: string): string {
  return `${realmPath(realm)}/journeys`
}

function journeyPath(realm: string, name: string): string {
  return `${journeysPath(realm)}/${encodeURIComponent(name)}`
}

/** @throws ApiError 404 when there is none. */
export function readJourney(realm: string, name: string, signal?: AbortSignal): Promise<StoredJourney> {
  return request(documentSchema, journeyPath(realm, name), { signal })
}

/** What must be so for a save: nobody saved since this revision, or there is no journey of the name. */
export type Precondition = { revision: string } | 'is-new'

/**
 * Saves a journey, its nodes and the nodes on its pages, all or nothing.
 * @throws ApiError 412 when somebody else saved meanwhile, 400 with `detail.problems` when a node does not fit.
 */
export function saveJourney(
  realm: string,
  { tree, nodes, innerNodes }: JourneyParts,
  when: Precondition,
): Promise<StoredJourney> {
  return request(documentSchema, journeyPath(realm, tree._id), {
    method: 'PUT',
    body: { tree, nodes, innerNodes },
    headers: when === 'is-new' ? { 'if-none-match': '*' } : { 'if-match': `"${when.revision}"` },
  })
}

const findingsSchema = z.object({ result: z.array(findingSchema) })

/** What would be wrong with a journey if it were saved as it is now; worst first. */
export async function lintDraft(
  realm: string,
  { tree, nodes, innerNodes }: JourneyParts,
  signal?: AbortSignal,
): Promise<Finding[]> {
  const { result } = await request(findingsSchema, journeysPath(realm), {
    method: 'POST',
    query: { _action: 'lint' },
    body: { tree, nodes, innerNodes },
    signal,
  })
  return result
}
