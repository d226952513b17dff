import { RequestError } from '../../base/errors.ts'
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts'
import { pageChildren, versionText } from '../../engine/journey.ts'
import type { AnyNodeType } from '../../engine/node-type.ts'
import type { NodeDocument } from '../../journeys/journey-document.ts'
import { checkedId, invalidAttribute } from '../configuration-resource.ts'
import { checkedNode, type NodeSources } from './node-writes.ts'

/** A node whose settings are in the body of its journey. */
type InlineNode = { id: string; type: string; version: string | undefined; config: JsonObject }

/** Removes the settings of nodes from the body of a journey. */
export function withoutInlineNodes(tree: JsonObject): JsonObject {
  if (!isJsonObject(tree.nodes)) return tree
  const nodes = Object.entries(tree.nodes).map(([id, node]): [string, Json] => {
    if (!isJsonObject(node)) return [id, node]
    const { config: _, ...place } = node
    return [id, place]
  })
  return { ...tree, nodes: Object.fromEntries(nodes) }
}

/**
 * The nodes whose settings are in the body of a journey, as `nodes.<id>.config`, with the children of their pages.
 * @throws RequestError 400 that names the node, 409 for an id that a node of another type has.
 */
export async function inlineNodes(
  from: NodeSources,
  realm: string,
  tree: JsonObject,
): Promise<NodeDocument[]> {
  const own = placesOf(tree).flatMap(({ id, type, version, config }) =>
    isJsonObject(config) ? [{ id, type, version, config }] : [],
  )
  const all = [...own.map(withoutChildSettings), ...own.flatMap(childrenOf)]
  const documents = await Promise.all(all.map((node) => documentOf(from, realm, node)))
  return documents.filter((document) => document !== undefined)
}

function placesOf({ nodes }: JsonObject) {
  if (!isJsonObject(nodes)) return []
  return Object.entries(nodes).flatMap(([id, node]) => {
    if (!isJsonObject(node) || typeof node.nodeType !== 'string') return []
    return [{ id, type: node.nodeType, version: versionOf(node.version), config: node.config }]
  })
}

/** Children of a page. One without settings exists already, or has those of a new node. */
function childrenOf({
  type,
  config,
}: InlineNode): (Omit<InlineNode, 'config'> & { config: Json | undefined })[] {
  const { nodes } = config
  if (type !== 'PageNode' || !Array.isArray(nodes)) return []
  return nodes.flatMap((child) => {
    if (!isJsonObject(child) || typeof child._id !== 'string' || typeof child.nodeType !== 'string') return []
    const version = versionOf(child.nodeVersion)
    return [{ id: child._id, type: child.nodeType, version, config: childSettings(child) }]
  })
}

/** The settings of a child in the body of its page: `config`, or `_properties` as the vendor's pages send them. */
export function childSettings({ config, _properties }: JsonObject): Json | undefined {
  return config ?? _properties
}

function withoutChildSettings(node: InlineNode): InlineNode {
  if (pageChildren(node.config).length === 0 || !Array.isArray(node.config.nodes)) return node
  const nodes = node.config.nodes.map((child): Json => {
    if (!isJsonObject(child)) return child
    const { config: _, _properties, ...reference } = child
    return reference
  })
  return { ...node, config: { ...node.config, nodes } }
}

async function documentOf(
  from: NodeSources,
  realm: string,
  { id, type: name, version, config }: Omit<InlineNode, 'config'> & { config: Json | undefined },
): Promise<NodeDocument | undefined> {
  const stored = await from.configuration.node(realm, checkedId(id))
  // rule S49: otherwise nodes in the body of a journey replace nodes of another type
  if (stored !== undefined && stored.type !== name) {
    throw new RequestError(409, `nodes.${id}: another node of the type ${stored.type} has this id`)
  }
  if (stored !== undefined && !isJsonObject(config)) return undefined
  const type = typeOf(from, { id, type: name, version: version ?? versionIn(config) ?? stored?.version })
  try {
    return await checkedNode(from, realm, type, { id, body: isJsonObject(config) ? config : {}, stored })
  } catch (error) {
    if (!(error instanceof RequestError)) throw error
    throw new RequestError(error.status, `nodes.${id}: ${error.message}`, error.detail)
  }
}

/** @throws RequestError 400 for an unknown type or version. */
function typeOf(
  { types }: NodeSources,
  { id, type, version }: Pick<InlineNode, 'id' | 'type' | 'version'>,
): AnyNodeType {
  const known = types.named(type, version)
  if (known !== undefined) return known
  const named = version === undefined ? type : `${type} ${version}`
  throw invalidAttribute('nodes', { [`nodes.${id}.nodeType`]: `${named} is not a node type of this server` })
}

function versionIn(config: Json | undefined): string | undefined {
  const type = isJsonObject(config) ? config._type : undefined
  return isJsonObject(type) ? versionOf(type.version) : undefined
}

function versionOf(version: Json | undefined): string | undefined {
  return version === undefined || version === null ? undefined : versionText(version)
}
