import { z } from 'zod'
import { asText } from '../base/as-text.ts'
import { type Json, type JsonObject, jsonObjectSchema } from '../base/json.ts'

/** The ends of every journey: targets of connections, not nodes. Source: AM's tree resource. */
export const successId = '70e691a5-1e33-4ac3-a356-e7b6d60d92e0'
export const failureId = 'e301438c-0bd0-429c-ab0c-66126501069a'

/** Where a canvas shows the start of a journey. Source: AM's tree resource, `staticNodes`. */
export const startId = 'startNode'

/** The version of a node type as text, such as `"2.0"`. Some exports write the number 2. */
export function versionText(version: Json): string {
  const text = asText(version, '1.0')
  return /^\d+$/.test(text) ? `${text}.0` : text
}

/** A node's type and settings: enough to run it, alone or inside a page. */
const nodeSettingsSchema = z.object({
  type: z.string(),
  version: z.string(),
  displayName: z.string(),
  config: jsonObjectSchema,
  /** State keys that the node type declares as inputs. `*` stands for all. */
  reads: z.array(z.string()),
})

const journeyNodeSchema = nodeSettingsSchema.extend({
  /** Node id by outcome id. Outcomes may be unconnected. */
  connections: z.record(z.string(), z.string()),
})

/** A journey ready to run: its nodes with their settings, including those inside pages. */
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
  /** Maximum duration of the journey, in minutes. */
  treeTimeout: z.number().optional(),
  nodes: z.record(z.string(), journeyNodeSchema),
  /** Nodes inside page nodes, by id. */
  children: z.record(z.string(), nodeSettingsSchema),
})

export type Journey = z.infer<typeof journeySchema>
export type JourneyNode = z.infer<typeof journeyNodeSchema>
export type NodeSettings = z.infer<typeof nodeSettingsSchema>

/** A journey and all inner journeys it can reach, by name. */
export type Journeys = Readonly<Record<string, Journey>>

export function nodeOf(journeys: Journeys, at: { journey: string; nodeId: string }): JourneyNode | undefined {
  const journey = Object.hasOwn(journeys, at.journey) ? journeys[at.journey] : undefined
  return journey !== undefined && Object.hasOwn(journey.nodes, at.nodeId)
    ? journey.nodes[at.nodeId]
    : undefined
}

/** The journey that an Inner Tree Evaluator runs. A Configuration Provider that imitates one names it only at run time. */
export function innerJourneyOf({ type, config }: Pick<NodeSettings, 'type' | 'config'>): string | undefined {
  return type === 'InnerTreeEvaluatorNode' && typeof config.tree === 'string' ? config.tree : undefined
}

export type PageChild = { id: string; type: string; displayName: string; version: string | undefined }

/** Reads the `nodes` of a page node, written as objects or as `id:type[:version]:name` strings. */
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

/** Outcomes that connections name: of a node, or of the page that it is on. */
export function connectedOutcomes(
  journey: Pick<Journey, 'nodes' | 'children'>,
  node: NodeSettings,
): string[] {
  const own = Object.values(journey.nodes).find((each) => each === node)
  if (own !== undefined) return Object.keys(own.connections)
  return Object.values(journey.nodes).flatMap(({ config, version, connections }) =>
    pageChildren(config)
      .filter(({ id }) => journey.children[id] === node)
      .flatMap(({ id }) => connectedOfChild(Object.keys(connections), id, version)),
  )
}

/** The outcomes of a node on a page, of which version 2.0 prefixes them with its id. */
export function connectedOfChild(connected: readonly string[], childId: string, version: string): string[] {
  if (version === '1.0') return [...connected]
  const prefix = `${childId}-`
  return connected.filter((id) => id.startsWith(prefix)).map((id) => id.slice(prefix.length))
}
