import { z } from 'zod'
import { badRequest, notFound, RequestError } from '../../base/errors.ts'
import { isJsonObject, type JsonObject } from '../../base/json.ts'
import type { ConfigurationStore } from '../../journeys/configuration-store.ts'
import { copyJourney } from '../../journeys/edit/copy-journey.ts'
import { saveChecked } from '../../journeys/edit/save-checked.ts'
import { nothing, saveWholeJourney } from '../../journeys/edit/save-journey.ts'
import { wholeJourney } from '../../journeys/edit/whole-journey.ts'
import { unchangedJourneysWithChangedNodes } from '../../journeys/exchange/apply.ts'
import { tolerantTree } from '../../journeys/exchange/read-tree.ts'
import { type ExchangeStores, readConsistentRealm, readRealm } from '../../journeys/exchange/realm-content.ts'
import { graphProblems } from '../../journeys/graph-problems.ts'
import {
  type JourneyDocument,
  journeyDocumentSchema,
  type NodeDocument,
} from '../../journeys/journey-document.ts'
import type { Lint } from '../../journeys/lint/linter.ts'
import {
  checkedId,
  checkPreconditions,
  invalidAttribute,
  parseAttributes,
  refuseUnknownAttributes,
  saved,
} from '../configuration-resource.ts'
import { type Answer, bodyObject, byAction, type Call, type Handle, param, type Route } from '../route.ts'
import { endpointsAt, serve } from '../serve.ts'
import { inlineNodes, withoutInlineNodes } from './inline-nodes.ts'
import { nodeTypesNow } from './node-types.ts'
import { type MarkSources, saveMarkOf } from './save-mark.ts'

type TreeDependencies = MarkSources & ExchangeStores & { lint: Lint; newId(): string }

const path = 'realm-config/authentication/authenticationtrees/trees'
const attributes = Object.keys(journeyDocumentSchema.omit({ _id: true }).shape)

/** Journeys, which AM's REST API calls trees. Source: "AuthTree" of the vendor's entity reference. */
export function treeRoutes(from: TreeDependencies): Route[] {
  const { configuration, lint } = from
  const access = 'journeys'
  const { list, read, save, remove } = serve<JsonObject>({
    endpoints: endpointsAt(path),
    access,
    resource: { kind: 'journey' },
    list: { summary: 'Lists the journeys of the realm.' },
    read: { summary: 'Reads a journey.' },
    save: {
      summary:
        'Creates or replaces a journey. Its nodes must exist, or have their settings in `nodes.<id>.config`; both are saved as one unit. `_findings` has its lint findings.',
      handle: async (call) => withFindings(await put(from, call), call, lint),
    },
    remove: { summary: 'Removes a journey and answers with it; its nodes stay.' },
    async all({ realm }) {
      const [journeys, treeOf] = await Promise.all([
        configuration.journeys(realm.path),
        treeWriter(configuration, realm.path),
      ])
      return journeys.map(treeOf)
    },
    async find({ realm }, id) {
      const journey = await configuration.journey(realm.path, id)
      return journey && (await treeWriter(configuration, realm.path))(journey)
    },
    toResource: (tree) => tree,
    erasesAnyRevision: true,
    erase: async (call) =>
      configuration.removeJourney(call.realm.path, param(call, 'id'), await saveMarkOf(call, from)),
  })
  return [
    list,
    {
      method: 'POST',
      path,
      access,
      resource: { kind: 'journey' },
      reads: ['schema', 'template', 'getIds'],
      summary: 'Describes journeys: `schema`, `template`, `getIds`.',
      handle: describe(configuration),
    },
    read,
    save,
    {
      method: 'POST',
      path: `${path}/:id`,
      access,
      resource: { kind: 'journey' },
      summary: 'Copies a journey with new nodes: `clone`, with the new name as `newId`.',
      handle: byAction({ clone: (call) => clone(from, call) }),
    },
    remove,
  ]
}

function describe(configuration: ConfigurationStore): Handle {
  return byAction({
    schema: () => ({ body: z.toJSONSchema(journeyDocumentSchema, { io: 'input' }) }),
    template: () => ({ body: template }),
    getIds: async ({ realm }) => {
      const journeys = await configuration.journeys(realm.path)
      return { body: { result: journeys.map(({ _id }) => ({ _id })) } }
    },
  })
}

async function put(from: TreeDependencies, call: Call): Promise<Answer> {
  const { configuration } = from
  const id = checkedId(param(call, 'id'))
  const realm = call.realm.path
  const mark = await saveMarkOf(call, from)
  const body = bodyObject(call)
  const types = await nodeTypesNow(from.customNodes)
  const { journey, isNew } = await saveChecked(configuration, { realm, mark }, async () => {
    const stored = await configuration.journey(realm, id)
    checkPreconditions(call, stored && (await treeWriter(configuration, realm))(stored))
    const journey = sentJourney(id, body)
    checkGraph(journey)
    const nodes = await inlineNodes({ ...from, types }, realm, body)
    await checkNodes(configuration, realm, journey, nodes)
    const change = { ...nothing, journeys: [journey], nodes }
    const alsoSaved =
      nodes.length === 0 ? [] : unchangedJourneysWithChangedNodes(change, await readRealm(from, realm))
    return { change, alsoSaved, journey, isNew: stored === undefined }
  })
  const treeOf = await treeWriter(configuration, realm)
  return saved(call, { path, id }, treeOf(journey), isNew)
}

/** @throws RequestError 400. */
function sentJourney(_id: string, sent: JsonObject): JourneyDocument {
  const body = tolerantTree(withoutInlineNodes(sent))
  refuseUnknownAttributes(body, attributes)
  const entryNodeId = typeof body.entryNodeId === 'string' ? body.entryNodeId : ''
  return parseAttributes(journeyDocumentSchema, { ...body, _id, entryNodeId })
}

async function clone(from: TreeDependencies, call: Call): Promise<Answer> {
  const { newId } = bodyObject(call)
  if (typeof newId !== 'string') throw invalidAttribute('newId', { newId: 'must be a text' })
  const id = checkedId(newId)
  const realm = call.realm.path
  const whole = wholeJourney(param(call, 'id'), await readConsistentRealm(from, realm))
  if (whole === undefined) throw notFound()
  const draft = copyJourney(whole, id, from.newId)
  await saveWholeJourney(from, realm, draft, { kind: 'absent' }, await saveMarkOf(call, from)).catch(
    (error: unknown) => {
      if (!(error instanceof RequestError) || error.status !== 412) throw error
      throw new RequestError(409, `There is a journey ${id} already`)
    },
  )
  const treeOf = await treeWriter(from.configuration, realm)
  return saved(call, { path, id }, treeOf(draft.journey), true)
}

/** Adds the findings, if any, to AM's response. */
async function withFindings(answer: Answer, { realm, params }: Call, lint: Lint): Promise<Answer> {
  const findings = (await lint(realm.path, [params.id ?? ''])) ?? []
  if (findings.length === 0 || !isJsonObject(answer.body)) return answer
  return { ...answer, body: { ...answer.body, _findings: findings } }
}

/** @throws RequestError 400 for an invalid graph. */
function checkGraph(journey: JourneyDocument): void {
  const [problem] = graphProblems(journey)
  if (problem !== undefined) throw badRequest(problem.message)
}

/** @throws RequestError 400 naming the missing nodes. */
async function checkNodes(
  configuration: ConfigurationStore,
  realm: string,
  { nodes }: JourneyDocument,
  added: readonly NodeDocument[],
) {
  const all = [...(await configuration.nodes(realm)), ...added]
  const stored = new Map(all.map(({ id, type }) => [id, type]))
  const missing = Object.entries(nodes).filter(([id, { nodeType }]) => stored.get(id) !== nodeType)
  if (missing.length > 0) throw invalidAttribute('nodes', { missingNodes: missing.map(([id]) => id) })
}

/** Returns a function that writes journeys as trees. Their nodes always have a version, because tools build paths from it. */
async function treeWriter(
  configuration: ConfigurationStore,
  realm: string,
): Promise<(journey: JourneyDocument) => JsonObject> {
  const stored = new Map((await configuration.nodes(realm)).map(({ id, version }) => [id, version]))
  return (journey) => {
    const nodes = Object.entries(journey.nodes).map(([id, node]) => [
      id,
      { ...node, version: node.version ?? stored.get(id) ?? '1.0' },
    ])
    return z.record(z.string(), z.json()).parse({ ...journey, nodes: Object.fromEntries(nodes) })
  }
}

const template = {
  enabled: true,
  innerTreeOnly: false,
  mustRun: false,
  noSession: false,
  transactionalOnly: false,
  nodes: {},
  uiConfig: {},
}
