import * as z from 'zod/mini'
import type { Json } from './json.ts'
import { realmPath } from './realm-path.ts'
import { request } from './request.ts'

// These schemas add no defaults and drop no members, so saving a journey changes only what the person edited.

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
  /** Absent for findings about the whole journey. */
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

/** A position on the canvas, in pixels at 100 %. */
export type Point = { x: number; y: number }
export type TreeNode = z.infer<typeof treeNodeSchema>
/** Includes `_id`, `_type` and `_outcomes`. */
export type NodeSettings = Record<string, Json>
/** A journey in the shape of the vendor's exports. `innerNodes` are the nodes inside page nodes. */
export type JourneyParts = z.infer<typeof partsSchema>
export type Finding = z.infer<typeof findingSchema>
/** A stored journey with its last save and its lint findings. */
export type StoredJourney = z.infer<typeof documentSchema>

function journeysPath(realm: string): string {
  return `${realmPath(realm)}/journeys`
}

function journeyPath(realm: string, name: string): string {
  return `${journeysPath(realm)}/${encodeURIComponent(name)}`
}

/** @throws ApiError 404 when the journey doesn't exist. */
export function readJourney(realm: string, name: string, signal?: AbortSignal): Promise<StoredJourney> {
  return request(documentSchema, journeyPath(realm, name), { signal })
}

/** Precondition of a save: the revision is still current, or no journey has the name. */
export type Precondition = { revision: string } | 'is-new'

/**
 * Saves a journey with all its nodes, all or nothing.
 * @throws ApiError 412 after a concurrent save, 400 with `detail.problems` for invalid nodes.
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

/** Findings for an unsaved journey, most severe first. */
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
