import { z } from 'zod'
import { badRequest, notFound, RequestError } from '../../base/errors.ts'
import type { JsonObject } from '../../base/json.ts'
import type { SaveMark } from '../../base/save-mark.ts'
import { resource as versioned } from '../../crest/collection.ts'
import { pageChildren } from '../../engine/journey.ts'
import { maxSourceLength } from '../../engine/source-length.ts'
import type { ConfigurationStore } from '../../journeys/configuration-store.ts'
import type { CustomNodeStore } from '../../journeys/custom-node-store.ts'
import { saveChecked } from '../../journeys/edit/save-checked.ts'
import { type CustomNodeType, customNodeTypeId, customNodeTypeSchema } from '../../nodes/custom-node-type.ts'
import type { RealmStore } from '../../realms/realm-store.ts'
import { checkPreconditions, expectedRevisions, parseAttributes, saved } from '../configuration-resource.ts'
import { announcedVersion } from '../operations/server-info.ts'
import { type Answer, bodyObject, byAction, type Call, homeOf, param, type Route } from '../route.ts'
import { endpointsAt, findOr404, type Served, serve } from '../serve.ts'
import { type MarkSources, saveMarkOf } from './save-mark.ts'

type CustomNodeDependencies = JourneySources & MarkSources & { customNodes: CustomNodeStore }

const path = 'node-designer/node-type'

const sentSchema = customNodeTypeSchema.refine(({ script }) => script.length <= maxSourceLength, {
  path: ['script'],
  message: `must have at most ${maxSourceLength} characters`,
})

// rule R1: otherwise a journey author writes node types that run in every realm
const access = 'administrator'
const readAccess = 'journeys'

const resource = { kind: 'customNodeType' }

function served(from: CustomNodeDependencies): Served<CustomNodeType> {
  return {
    endpoints: endpointsAt(path),
    access: {
      read: readAccess,
      // rule S49: otherwise journey authors write custom node types with PUT
      write: access,
    },
    resource,
    list: { actsOn: homeOf, summary: 'Lists custom node types.' },
    read: { actsOn: homeOf, summary: 'Reads a custom node type.' },
    save: {
      summary: 'Creates or changes a custom node type; `If-Match` has the revision that it was made from.',
      handle: (call) => put(from, call),
    },
    remove: {
      summary: 'Removes a custom node type that no journey uses.',
      handle: (call) => remove(from, call),
    },
    all: () => from.customNodes.all(),
    find: async (_call, id) => {
      const type = await from.customNodes.read(id.replace(/-\d+$/, ''))
      return type && customNodeTypeId(type) === id ? type : undefined
    },
    missing: (id) => notFound(`Node Type with resource ID ${id} does not exist`),
    toResource,
  }
}

/** Custom node types, which all realms share. Source: "Node designer" and the requests of the vendor's page. */
export function customNodeTypeRoutes(from: CustomNodeDependencies): Route[] {
  const { list, read, save, remove } = serve(served(from))
  const acting = { method: 'POST', access, resource, readAccess, actsOn: homeOf } as const
  return [
    list,
    {
      ...acting,
      path,
      reads: ['template', 'schema', 'export'],
      summary: 'Creates a custom node type, or with `_action` exports, imports or describes them.',
      handle: (call) => (call.query.get('_action') === null ? create(from, call) : actions(from)(call)),
    },
    read,
    {
      ...acting,
      path: `${path}/:id`,
      reads: ['journeys'],
      summary: 'Lists the journeys that use the type (`journeys`).',
      handle: byAction({ journeys: (call) => usage(from, call) }),
    },
    save,
    remove,
  ]
}

function actions(from: CustomNodeDependencies) {
  return byAction({
    create: (call) => create(from, call),
    schema: () => ({ body: z.toJSONSchema(customNodeTypeSchema, { io: 'input', unrepresentable: 'any' }) }),
    template: () => ({ body: template }),
    export: (call) => exportTypes(from, call),
    import: (call) => importTypes(from, call),
  })
}

async function create(from: CustomNodeDependencies, call: Call): Promise<Answer> {
  const type = parseAttributes(sentSchema, bodyObject(call))
  await add(from, type, await saveMarkOf(call, from))
  return saved(call, { path, id: customNodeTypeId(type) }, toResource(type), true)
}

async function add(
  { customNodes }: CustomNodeDependencies,
  type: CustomNodeType,
  mark: SaveMark,
): Promise<void> {
  if (await customNodes.create(type, mark)) return
  if ((await customNodes.read(type.serviceName)) === undefined) throw nameTaken(type)
  throw new RequestError(409, `Node Type with resource id ${type.serviceName} already exists`)
}

/** Creates the type if there is none with the id. With `If-Match`, it must exist. */
async function put(from: CustomNodeDependencies, call: Call): Promise<Answer> {
  const id = param(call, 'id')
  const [, name, version = '1'] = /^(.+?)-(\d+)$/.exec(id) ?? []
  const body = bodyObject(call)
  const isNew = name !== undefined && (await from.customNodes.read(name)) === undefined
  if (!isNew || expectedRevisions(call) !== undefined) return update(from, call)
  const type = parseAttributes(sentSchema, { ...body, version: Number(version) })
  if (customNodeTypeId(type) !== id)
    throw badRequest(`The id of this node type must be ${customNodeTypeId(type)}`)
  await add(from, type, await saveMarkOf(call, from))
  return saved(call, { path, id }, toResource(type), true)
}

async function update(from: CustomNodeDependencies, call: Call): Promise<Answer> {
  const mark = await saveMarkOf(call, from)
  const { result, type } = await saveChecked(from.configuration, { realm: '/', mark }, async () => {
    const old = await findOr404(served(from), call)
    checkPreconditions(call, toResource(old))
    const type = parseAttributes(sentSchema, { ...bodyObject(call), version: old.version })
    if (type.serviceName !== old.serviceName)
      throw badRequest('The service name of a node type cannot change')
    return { change: { customNodeTypes: [type] }, type }
  })
  if (result === 'name') throw nameTaken(type)
  return versioned(toResource(type))
}

async function remove(from: CustomNodeDependencies, call: Call): Promise<Answer> {
  const mark = await saveMarkOf(call, from)
  const { type } = await saveChecked(from.configuration, { realm: '/', mark }, async () => {
    const type = await findOr404(served(from), call)
    checkPreconditions(call, toResource(type))
    const users = Object.entries(await journeysWithType(from, type)).flatMap(([realm, journeys]) =>
      Object.keys(journeys).map((journey) => `${journey} (${realm})`),
    )
    if (users.length > 0) throw new RequestError(409, `Node Type is in use by ${users.join(', ')}`)
    return { removed: { customNodeTypes: [type.serviceName] }, type }
  })
  return { body: { _id: customNodeTypeId(type) } }
}

async function usage(from: CustomNodeDependencies, call: Call): Promise<Answer> {
  const rights = await call.rights()
  const all = Object.entries(await journeysWithType(from, await findOr404(served(from), call)))
  return { body: Object.fromEntries(all.filter(([realm]) => rights.may('journeys', realm))) }
}

async function exportTypes({ customNodes, now }: CustomNodeDependencies, call: Call): Promise<Answer> {
  const selected = call.query.get('selected')?.split(',')
  const types = (await customNodes.all()).filter((type) => selected?.includes(customNodeTypeId(type)) ?? true)
  const meta = {
    amVersion: announcedVersion,
    exportDate: new Date(now()).toISOString(),
    origin: `${call.baseUrl}/json/${path}/`,
    exportedBy: (await call.session())?.session.username ?? '',
    resourceVersion: '1.0',
  }
  return {
    body: { meta, nodeTypes: Object.fromEntries(types.map((type) => [customNodeTypeId(type), type])) },
  }
}

const importSchema = z.object({ nodeTypes: z.record(z.string(), customNodeTypeSchema) })

/** Checks all service names before the first write, so that importing a file twice changes nothing. */
async function importTypes(from: CustomNodeDependencies, call: Call): Promise<Answer> {
  const types = Object.values(parseAttributes(importSchema, bodyObject(call)).nodeTypes)
  for (const { serviceName } of types) {
    if ((await from.customNodes.read(serviceName)) !== undefined) {
      throw new RequestError(409, `Node Type with resource id ${serviceName} already exists`)
    }
  }
  const mark = { ...(await saveMarkOf(call, from)), cause: 'import' } as const
  for (const type of types) await add(from, type, mark)
  return { body: { imported: types.map(customNodeTypeId) } }
}

function toResource(type: CustomNodeType): JsonObject {
  return { _id: customNodeTypeId(type), ...type }
}

function nameTaken({ displayName }: CustomNodeType): RequestError {
  return new RequestError(409, `Node Type with display name ${displayName} already exists`)
}

const template = {
  displayName: '',
  description: '',
  outcomes: ['outcome'],
  inputs: [],
  outputs: [],
  script: 'outcome = "outcome";',
  errorOutcome: false,
  tags: [],
  properties: {},
}

type JourneySources = { configuration: ConfigurationStore; realms: RealmStore }

/** Node ids by journey, by realm. */
type Usage = Record<string, Record<string, string[]>>

/** The journeys that use a custom node type: in a node, in a page, or through a Configuration Provider. */
async function journeysWithType(
  { configuration, realms }: JourneySources,
  { serviceName }: Pick<CustomNodeType, 'serviceName'>,
): Promise<Usage> {
  const usage: Usage = {}
  for (const { path } of await realms.all()) {
    const users = await nodesWithType(configuration, path, `designer-${serviceName}`)
    if (users.size === 0) continue
    const journeys = (await configuration.journeys(path)).flatMap(({ _id, nodes }) => {
      const ids = Object.keys(nodes).filter((id) => users.has(id))
      return ids.length === 0 ? [] : [[_id, ids] as const]
    })
    if (journeys.length > 0) usage[path] = Object.fromEntries(journeys)
  }
  return usage
}

async function nodesWithType(configuration: ConfigurationStore, realm: string, typeName: string) {
  const nodes = await configuration.nodes(realm)
  const direct = nodes.filter(({ type, config }) => type === typeName || config.nodeType === typeName)
  const users = new Set(direct.map(({ id }) => id))
  for (const { id, config } of nodes) {
    if (pageChildren(config).some((child) => users.has(child.id))) users.add(id)
  }
  return users
}
