import { isJsonObject, type JsonObject } from '../../base/json.ts'
import { type NodeSettings, pageChildren } from '../../engine/journey.ts'
import { type AnyNodeType, type Outcome, type OutcomeContext, outcomesOf } from '../../engine/node-type.ts'
import type { ConfigurationStore } from '../../journeys/configuration-store.ts'
import type { CustomNodeStore } from '../../journeys/custom-node-store.ts'
import { catalogue, nodeTypeNamed } from '../../nodes/catalogue.ts'
import { designerNode } from '../../nodes/designer-node.ts'
import { parsedSettings } from '../../nodes/settings-of.ts'
import { childSettings } from './inline-nodes.ts'

/** The current node types, built-in and custom. */
export type NodeTypes = {
  /** The newest version of each type. */
  newest: readonly AnyNodeType[]
  /** Without a version, the first version. */
  named(type: string, version?: string): AnyNodeType | undefined
  /** Ascending. */
  versionsOf(type: string): string[]
}

export async function nodeTypesNow(customNodes: CustomNodeStore): Promise<NodeTypes> {
  const custom = (await customNodes.all()).map((definition): AnyNodeType => designerNode(definition))
  const all = [...catalogue, ...custom]
  const newest = new Map(all.map((type) => [type.type, type]))
  return {
    newest: [...newest.values()],
    named: (type, version) =>
      nodeTypeNamed(type, version) ??
      custom.find((each) => each.type === type && (version === undefined || each.version === version)),
    versionsOf: (name) => all.flatMap(({ type, version }) => (type === name ? [version] : [])),
  }
}

/** AM's short form of a node type. Unversioned paths include the version only if it isn't 1.0, so that exports keep it. */
export function typeReference({ type, title, version }: AnyNodeType, isVersioned: boolean): JsonObject {
  const isNamed = isVersioned || version !== '1.0'
  return { _id: type, name: title, collection: true, ...(isNamed ? { version } : {}) }
}

/** Besides its settings, the things that a node's outcomes can depend on. */
type Place = { types: NodeTypes; configuration: ConfigurationStore; realm: string }

/**
 * The outcomes of a node with these settings. A page has those of its last child, and invalid settings have none.
 * @param connected outcomes that journeys connect
 */
export async function currentOutcomes(
  type: AnyNodeType,
  config: JsonObject,
  place: Place,
  connected: readonly string[] = [],
): Promise<Outcome[]> {
  const parsed = parsedSettings(type, config)
  if (!parsed.success) return []
  return [...outcomesOf(type, parsed.data, { ...(await surroundings(config, place)), connected })]
}

async function surroundings(
  config: JsonObject,
  { types, configuration, realm }: Place,
): Promise<OutcomeContext> {
  const children = new Map<string, NodeSettings>()
  const drafts = new Map(
    (Array.isArray(config.nodes) ? config.nodes : []).filter(isJsonObject).map((child) => [child._id, child]),
  )
  for (const { id, type, version = '1.0' } of pageChildren(config)) {
    const draft = childSettings(drafts.get(id) ?? {})
    const node = isJsonObject(draft) ? { type, version, config: draft } : await configuration.node(realm, id)
    if (node !== undefined) children.set(id, { ...node, displayName: '', reads: [] })
  }
  return { typeNamed: types.named, child: (id) => children.get(id) }
}
