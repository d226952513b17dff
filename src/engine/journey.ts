import { z } from 'zod'
import { asText } from './as-text.ts'
import { type Json, type JsonObject, jsonObjectSchema } from './json.ts'

/** The two ends of every journey. They are targets of connections and never nodes. Source: AM's tree resource. */
export const successId = '70e691a5-1e33-4ac3-a356-e7b6d60d92e0'
export const failureId = 'e301438c-0bd0-429c-ab0c-66126501069a'

/** The version of a node type, such as `"2.0"`; some exports write 2. */
export function versionText(version: Json): string {
  const text = asText(version, '1.0')
  return /^\d+$/.test(text) ? `${text}.0` : text
}

/** What a node needs to run inside a page or on its own: its type and its settings. */
const nodeSettingsSchema = z.object({
  type: z.string(),
  version: z.string(),
  displayName: z.string(),
  config: jsonObjectSchema,
  /** State keys that the node type declares as inputs; `*` for all. */
  reads: z.array(z.string()),
})

const journeyNodeSchema = nodeSettingsSchema.extend({
  /** Outcome id to the id of the node it leads to. Outcomes may be left out. */
  connections: z.record(z.string(), z.string()),
})

/** A journey made ready to run: a graph of nodes with their settings, page children included. */
export const journeySchema = z.object({
  name: z.string(),
  entryNodeId: z.string(),
  enabled: z.boolean(),
  innerTreeOnly: z.boolean(),
  mustRun: z.boolean(),
  noSession: z.boolean(),
  transactionalOnly: z.boolean(),
  /** For example `managed/alpha_user`. */
  identityResource: z.string(),
  maximumSessionTime: z.number().optional(),
  maximumIdleTime: z.number().optional(),
  /** Minutes that a login under way may take. */
  treeTimeout: z.number().optional(),
  nodes: z.record(z.string(), journeyNodeSchema),
  /** Nodes that live inside page nodes, by id. */
  children: z.record(z.string(), nodeSettingsSchema),
})

export type Journey = z.infer<typeof journeySchema>
export type JourneyNode = z.infer<typeof journeyNodeSchema>
export type NodeSettings = z.infer<typeof nodeSettingsSchema>

/** All journeys that one start may reach: the journey itself and its inner journeys, by name. */
export type Journeys = Readonly<Record<string, Journey>>

export function nodeOf(journeys: Journeys, at: { journey: string; nodeId: string }): JourneyNode | undefined {
  const journey = Object.hasOwn(journeys, at.journey) ? journeys[at.journey] : undefined
  return journey !== undefined && Object.hasOwn(journey.nodes, at.nodeId)
    ? journey.nodes[at.nodeId]
    : undefined
}

export type PageChild = { id: string; type: string; displayName: string; version: string | undefined }

/** The `nodes` list of a page node's settings, as exports write it: objects, or `id:type[:version]:name` strings. */
export function pageChildren(config: JsonObject): PageChild[] {
  const list = Array.isArray(config.nodes) ? config.nodes : []
  return list.flatMap((child) => {
    if (typeof child === 'string') return childFromText(child)
    const parsed = pageChildSchema.safeParse(child)
    if (!parsed.success) return []
    const { _id: id, nodeType: type, displayName, nodeVersion: version } = parsed.data
    return [{ id, type, displayName, version }]
  })
}

function childFromText(text: string): PageChild[] {
  const [id, type, ...rest] = text.split(':')
  if (!id || !type) return []
  const version = rest.length > 1 ? rest[0] : undefined
  return [{ id, type, displayName: rest.at(-1) ?? '', version }]
}

const pageChildSchema = z.object({
  _id: z.string(),
  nodeType: z.string(),
  displayName: z.string().default(''),
  nodeVersion: z.union([z.string(), z.number()]).transform(versionText).optional(),
})
