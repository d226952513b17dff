import { anyAnswer } from '../../../contract/endpoint.ts'
import { notFound } from '../../base/errors.ts'
import { isJsonObject, type JsonObject } from '../../base/json.ts'
import { collection, resource as versioned } from '../../crest/collection.ts'
import { versionText } from '../../engine/journey.ts'
import type { AnyNodeType } from '../../engine/node-type.ts'
import type { ConfigurationStore } from '../../journeys/configuration-store.ts'
import type { CustomNodeStore } from '../../journeys/custom-node-store.ts'
import { connectedTo } from '../../journeys/exchange/write-node.ts'
import type { JourneyDocument, NodeDocument } from '../../journeys/journey-document.ts'
import { schemaOf, statedMembers, templateOf } from '../../nodes/node-schema.ts'
import type { ScriptStore } from '../../scripts/script-store.ts'
import { withoutSealed } from '../../secrets/sealed-value.ts'
import { listed, saved } from '../configuration-resource.ts'
import {
  type Answer,
  bodyObject,
  byAction,
  type Call,
  type Handle,
  param,
  type Resource,
  type Route,
} from '../route.ts'
import {
  configProviderScript,
  latestDefinitions,
  latestTypes,
  listedType,
  upgradedConfig,
  versionInfo,
} from './node-definitions.ts'
import { currentOutcomes, type NodeTypes, nodeTypesNow, typeReference } from './node-types.ts'
import { addNode, putNode } from './node-writes.ts'
import { type MarkSources, saveMarkOf } from './save-mark.ts'

type NodeDependencies = MarkSources & {
  configuration: ConfigurationStore
  customNodes: CustomNodeStore
  scripts: ScriptStore
  newId(): string
}

/** A call about nodes, with the parts of its path. */
type NodeCall = {
  from: NodeDependencies
  call: Call
  types: NodeTypes
  /** Set if the path has one, after the type. */
  version: string | undefined
  id: string
  /** Of the realm, read once for all nodes of a list. */
  journeys: { read: Promise<JourneyDocument[]> | undefined }
}

const path = 'realm-config/authentication/authenticationtrees/nodes'

const resource: Resource = { kind: 'node', nameOf: ({ params }) => params.type }

/** Actions of a node type that change nothing. */
const describing = [
  'schema',
  'template',
  'getType',
  'listOutcomes',
  'nextdescendents',
  'versionInfo',
  'getUpgradedConfig',
  'configProviderScript',
]

/** Actions of all node types together. */
const aboutAllTypes = ['getAllTypes', 'listLatestTypes', 'listLatestNodeDefinitions', 'nextdescendents']

/** Node ids never have this form. */
const versionPattern = /^\d+\.\d+$/

/**
 * Settings of nodes, by type and id. Each path exists twice: unversioned, and with the version of the type.
 * Source: "Nodes" of the vendor's entity reference.
 */
export function nodeRoutes(from: NodeDependencies): Route[] {
  const on = handlerOf(from)
  const { aboutAll, aboutType } = actionsOf(on)
  const readOrList = on((node) => (node.id === '' ? list(node) : read(node)))
  const ofType = `${path}/:type`
  const one = `${ofType}/:idOrVersion`
  const ofVersion = `${one}/:id`
  const rows: [Route['method'], string, string, Handle, string[]?][] = [
    [
      'POST',
      path,
      'Lists node types or all nodes: `getAllTypes`, `listLatestTypes`, `listLatestNodeDefinitions`, `nextdescendents`.',
      aboutAll,
      aboutAllTypes,
    ],
    ['GET', ofType, 'Lists the nodes of a type.', on(list)],
    [
      'POST',
      ofType,
      'Describes a type, lists outcomes of settings, or creates a node (`create`).',
      aboutType,
      describing,
    ],
    ['GET', one, 'Reads a node; with a version for the id, lists the nodes of this version.', readOrList],
    ['POST', one, 'The same actions, with a version of the type for the id.', aboutType, describing],
    ['PUT', one, 'Creates or replaces a node.', on(put)],
    ['DELETE', one, 'Removes a node and answers with it.', on(remove)],
    ['GET', ofVersion, 'Reads a node of a versioned type.', on(read)],
    ['PUT', ofVersion, 'Creates or replaces a node of a versioned type.', on(put)],
    ['DELETE', ofVersion, 'Removes a node of a versioned type and answers with it.', on(remove)],
  ]
  return rows.map(([method, path, summary, handle, reads = []]) => ({
    method,
    path,
    access: 'journeys',
    resource,
    reads,
    summary,
    // `listOutcomes` answers a list.
    ...(handle === aboutType ? { answer: anyAnswer } : {}),
    handle,
  }))
}

type On = (handle: (node: NodeCall) => Promise<Answer>) => Handle

function handlerOf(from: NodeDependencies): On {
  return (handle) => async (call) => handle(await nodeCall(from, call))
}

function actionsOf(on: On): { aboutAll: Handle; aboutType: Handle } {
  const aboutAll = byAction({
    getAllTypes: on(async ({ types }) => ({ body: { result: types.newest.map(listedType) } })),
    listLatestTypes: on(async ({ types }) => ({ body: { result: latestTypes(types) } })),
    listLatestNodeDefinitions: on(async ({ types }) => ({ body: { result: latestDefinitions(types) } })),
    nextdescendents: on(nextDescendents),
  })
  const aboutType = byAction({
    schema: on(async (node) => ({ body: schemaOf(typeOf(node)) })),
    template: on(async (node) => ({ body: templateOf(typeOf(node)) })),
    getType: on(async (node) => ({ body: typeReference(typeOf(node), node.version !== undefined) })),
    listOutcomes: on(listOutcomes),
    versionInfo: on(async (node) => ({ body: versionInfo(typeOf(node), node.types, node.version) })),
    getUpgradedConfig: on(upgrade),
    configProviderScript: on(async (node) => ({ body: configProviderScript(typeOf(node)) })),
    create: on(create),
    nextdescendents: on(nextDescendents),
  })
  return { aboutAll, aboutType }
}

async function nodeCall(from: NodeDependencies, call: Call): Promise<NodeCall> {
  const types = await nodeTypesNow(from.customNodes)
  const idOrVersion = param(call, 'idOrVersion')
  const isVersioned = param(call, 'id') !== '' || versionPattern.test(idOrVersion)
  return {
    from,
    call,
    types,
    version: isVersioned ? idOrVersion : undefined,
    id: isVersioned ? param(call, 'id') : idOrVersion,
    journeys: { read: undefined },
  }
}

async function nextDescendents(node: NodeCall): Promise<Answer> {
  return { body: { result: await nodeResources(node) } }
}

async function list(node: NodeCall): Promise<Answer> {
  typeOf(node)
  return { body: collection(await nodeResources(node), node.call.query) }
}

async function read(node: NodeCall): Promise<Answer> {
  return versioned(await nodeResource(node, await storedNode(node)))
}

async function put(node: NodeCall): Promise<Answer> {
  const { id, isNew } = await putNode(node, typeOf(node))
  return written(node, id, isNew)
}

async function create(node: NodeCall): Promise<Answer> {
  return written(node, await addNode(node, typeOf(node)), true)
}

/** Reads the node again, because the received one contains its secrets in plain text. */
async function written(node: NodeCall, id: string, isNew: boolean): Promise<Answer> {
  const document = await storedNode({ ...node, id })
  const at = [path, document.type, node.version].filter((part) => part !== undefined).join('/')
  return saved(node.call, { path: at, id: document.id }, await nodeResource(node, document), isNew)
}

async function remove(node: NodeCall): Promise<Answer> {
  const document = await storedNode(node)
  const answer = versioned(await nodeResource(node, document))
  const mark = await saveMarkOf(node.call, node.from)
  await node.from.configuration.removeNode(node.call.realm.path, document.id, mark)
  return answer
}

async function listOutcomes(node: NodeCall): Promise<Answer> {
  const body = bodyObject(node.call)
  const { _id, _rev, _type, _outcomes, ...config } = body
  const type = typeOf(node)
  return { body: await currentOutcomes(type, { ...config, ...statedMembers(type, body) }, placeOf(node)) }
}

/** Previews the settings of a node in a later version. */
async function upgrade(node: NodeCall): Promise<Answer> {
  const { _id, _rev, _type, _outcomes, ...config } = bodyObject(node.call)
  const target = node.call.query.get('targetVersion') ?? ''
  return { body: upgradedConfig(typeOf(node), versionText(target), config, node.types) }
}

async function storedNode({ from, call, id }: NodeCall): Promise<NodeDocument> {
  const document = await from.configuration.node(call.realm.path, id)
  if (document === undefined || document.type !== param(call, 'type')) throw notFound()
  return document
}

/** @throws RequestError 404 for an unknown type, by which import tools detect it. */
function typeOf({ call, types, version }: NodeCall): AnyNodeType {
  const type = types.named(param(call, 'type'), version)
  if (type === undefined) throw notFound()
  return type
}

async function nodeResources(node: NodeCall): Promise<JsonObject[]> {
  const type = node.call.params.type
  const all = await node.from.configuration.nodes(node.call.realm.path, type)
  const documents = all.filter(({ version }) => node.version === undefined || version === node.version)
  return Promise.all(documents.map(async (document) => listed(await nodeResource(node, document))))
}

/** A node as a resource: its settings, type and outcomes. */
async function nodeResource(node: NodeCall, document: NodeDocument): Promise<JsonObject> {
  const { id, type: name, version, config } = document
  const type = node.types.named(name, version)
  return {
    _id: id,
    ...(await withChildVersions(node, withoutSealed(config))),
    // For types that can't run here, an import keeps the values of the other server.
    _type:
      type && (type.standIn === undefined || config._type === undefined)
        ? typeReference(type, node.version !== undefined)
        : (config._type ?? unknownType(name)),
    _outcomes: type
      ? await currentOutcomes(type, config, placeOf(node), await connectedOf(node, type, id))
      : (config._outcomes ?? []),
  }
}

/** Only stand-ins have outcomes because a journey connects them. */
async function connectedOf({ from, call, journeys }: NodeCall, { standIn }: AnyNodeType, id: string) {
  if (standIn === undefined) return []
  journeys.read ??= from.configuration.journeys(call.realm.path)
  return connectedTo(await journeys.read, id)
}

/** Adds the version to children of a page, because tools build paths from it. */
async function withChildVersions({ from, call }: NodeCall, config: JsonObject): Promise<JsonObject> {
  const { nodes } = config
  if (!Array.isArray(nodes)) return config
  const versioned = nodes.map(async (child) => {
    if (!isJsonObject(child) || child.nodeVersion !== undefined || typeof child._id !== 'string') return child
    const stored = await from.configuration.node(call.realm.path, child._id)
    return { ...child, nodeVersion: stored?.version ?? '1.0' }
  })
  return { ...config, nodes: await Promise.all(versioned) }
}

function unknownType(name: string): JsonObject {
  return { _id: name, name, collection: true }
}

function placeOf({ types, from, call }: NodeCall) {
  return { types, configuration: from.configuration, realm: call.realm.path }
}
