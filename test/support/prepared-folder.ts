import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { z } from 'zod'
import type { JsonObject } from '../../src/base/json.ts'
import { failureId, successId } from '../../src/engine/journey.ts'
import { type JourneyDocument, journeyDocumentSchema } from '../../src/journeys/journey-document.ts'
import { nodeTypeNamed } from '../../src/nodes/catalogue.ts'
import { realmSettingsSchema } from '../../src/realms/realm.ts'
import { scriptSchema } from '../../src/scripts/script.ts'
import { openStores, type Stores } from '../../src/store/stores.ts'
import { databaseOf } from './database-of.ts'
import { readJourneyExport } from './journey-export.ts'
import { copyNewDatabase } from './new-database.ts'

/** Creates a data folder with content. The first start adds the samples. */
export async function preparedFolder(prepare: (stores: Stores) => Promise<void>): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'sidegate-test-'))
  const databaseUrl = await databaseOf(folder)
  if (databaseUrl === undefined) await copyNewDatabase(folder)
  await prepareStores({ dataFolder: folder, databaseUrl }, prepare)
  return folder
}

/** Opens the stores of a server that is not running. */
export async function prepareStores(
  place: Parameters<typeof openStores>[0],
  prepare: (stores: Stores) => Promise<void>,
): Promise<void> {
  const stores = await openStores(place)
  try {
    await prepare(stores)
  } finally {
    await stores.close()
  }
}

/** Saves a realm with some settings changed. People in tests and samples have short passwords. */
export function saveRealm(stores: Stores, path: string, settings: z.input<typeof realmSettingsSchema> = {}) {
  const parsed = realmSettingsSchema.parse({ passwordPolicy: { minLength: 8 }, ...settings })
  return stores.realms.save({ path, isActive: true, aliases: [], settings: parsed })
}

/** A node of a small journey: its settings, and the target of each outcome. */
type SmallNode = { type: string; version?: string; config?: JsonObject; to: Record<string, string> }

/** Types that no server knows, for tests of how it says so. Custom nodes may be saved after their journeys. */
const unknownTypes = /^(designer-|NobodyKnowsNode$|OddNode$)/

/**
 * Saves a journey. The first node is its entry; `success` and `failure` are its ends.
 * @throws Error for a type that is misspelt: its journey would always fail, as many tests expect for another reason.
 */
export async function saveJourney(
  stores: Stores,
  name: string,
  nodes: Record<string, SmallNode>,
  flags: Partial<JourneyDocument> = {},
  realm = '/alpha',
): Promise<void> {
  const ends: Record<string, string> = { success: successId, failure: failureId }
  const idOf = (node: string) => ends[node] ?? `${name}-${node}`
  for (const [node, { type, version = '1.0', config = {} }] of Object.entries(nodes)) {
    if (nodeTypeNamed(type, version) === undefined && !unknownTypes.test(type)) {
      throw new Error(`${name}: no node type ${type} ${version}`)
    }
    await stores.configuration.saveNode(realm, { id: idOf(node), type, version, config })
  }
  const [entry = 'success'] = Object.keys(nodes)
  const tree = {
    _id: name,
    entryNodeId: idOf(entry),
    identityResource: `managed/${realm.slice(1)}_user`,
    noSession: true,
    nodes: Object.fromEntries(
      Object.entries(nodes).map(([node, { type, version = '1.0', to }]) => [
        idOf(node),
        {
          nodeType: type,
          version,
          displayName: node,
          connections: Object.fromEntries(Object.entries(to).map(([id, target]) => [id, idOf(target)])),
        },
      ]),
    ),
    ...flags,
  }
  await stores.configuration.saveJourney(realm, journeyDocumentSchema.parse(tree))
}

/** A Scripted Decision node (next generation). Saves its script under the node's name. */
export async function scripted(
  stores: Stores,
  name: string,
  source: string,
  to: Record<string, string>,
): Promise<SmallNode> {
  const context = 'AUTHENTICATION_TREE_DECISION_NODE'
  const script = scriptSchema.parse({ id: name, name, source, context, evaluatorVersion: '2.0' })
  await stores.scripts.save('/alpha', script)
  const config = { script: name, outcomes: Object.keys(to), inputs: ['*'], outputs: ['*'] }
  return { type: 'ScriptedDecisionNode', config, to }
}

/** Saves a copy of a sample journey with changed settings, by node type. */
export async function saveVariant(
  stores: Stores,
  sample: string,
  name: string,
  changes: Record<string, JsonObject>,
): Promise<void> {
  const file = join(import.meta.dirname, '..', '..', 'samples', 'alpha', 'journeys', `${sample}.json`)
  const original = readJourneyExport(JSON.parse(readFileSync(file, 'utf8')))
  // New ids for all nodes, also those on pages: node ids are unique in a realm.
  let text = JSON.stringify({ ...original.journey, _id: name })
  const nodes = original.nodes.map((node) => ({
    ...node,
    config: { ...node.config, ...changes[node.type] },
  }))
  let nodesText = JSON.stringify(nodes)
  for (const { id } of original.nodes) {
    text = text.replaceAll(id, `${name}-${id}`)
    nodesText = nodesText.replaceAll(id, `${name}-${id}`)
  }
  for (const node of JSON.parse(nodesText)) await stores.configuration.saveNode('/alpha', node)
  await stores.configuration.saveJourney('/alpha', journeyDocumentSchema.parse(JSON.parse(text)))
}
