import { z } from 'zod'
import type { ConfigurationChange, ConfigurationStore } from '../journeys/configuration-store.ts'
import {
  type JourneyDocument,
  journeyDocumentSchema,
  type NodeDocument,
  nodeDocumentSchema,
} from '../journeys/journey-document.ts'
import { countVersionUp, countVersionUpFrom, selectVersion } from './configuration-version.ts'
import { replaceCustomNodeType } from './custom-nodes.ts'
import type { Database } from './database.ts'
import * as statements from './journey-configuration-statements.ts'
import { guarded, type Statement } from './query.ts'
import { replaceDocument } from './realm-documents.ts'
import { json, rowsOf } from './rows.ts'
import { replaceScript } from './scripts.ts'

const versions = rowsOf('configuration', 'id', z.object({ version: z.number() }))

const journeys = rowsOf<JourneyDocument>(
  'journeys',
  'name',
  z.object({ document: json(journeyDocumentSchema) }).transform(({ document }) => document),
)

const nodes = rowsOf(
  'nodes',
  'id',
  nodeDocumentSchema.extend({ config: json(nodeDocumentSchema.shape.config) }),
)

/** Journeys and their nodes in SQL. */
export function configurationStore(database: Database): ConfigurationStore {
  /** Inserts, or else replaces. @returns whether it is new. */
  async function save(insert: Statement, replace: Statement): Promise<boolean> {
    const inserted = await database.write([guarded(insert, 'taken'), countVersionUp])
    if (inserted.kind === 'saved') return true
    await database.write([replace, countVersionUp])
    return false
  }

  async function remove(statement: Statement): Promise<boolean> {
    return (await database.write([guarded(statement, 'absent'), countVersionUp])).kind === 'saved'
  }

  return {
    version: async () => (await versions.one(database, selectVersion({})))?.version ?? 0,
    journeys: (realm) => journeys.all(database, statements.journeys({ realm })),
    journey: (realm, name) => journeys.one(database, statements.journey({ realm, name })),
    saveJourney(realm, journey) {
      const row = journeyRow(realm, journey)
      return save(statements.insertJourney(row), statements.replaceJourney(row))
    },
    removeJourney: (realm, name) => remove(statements.removeJourney({ realm, name })),
    nodes: (realm, type) =>
      nodes.all(
        database,
        type === undefined ? statements.nodes({ realm }) : statements.nodesOfType({ realm, type }),
      ),
    node: (realm, id) => nodes.one(database, statements.node({ realm, id })),
    saveNode(realm, node) {
      const row = nodeRow(realm, node)
      return save(statements.insertNode(row), statements.replaceNode(row))
    },
    removeNode: (realm, id) => remove(statements.removeNode({ realm, id })),
    async saveAll(realm, change, expectedVersion) {
      const count = guarded(countVersionUpFrom({ expected: expectedVersion }), 'changed')
      const saved = await database.write([count, ...statementsOf(realm, change)])
      return saved.kind === 'saved' ? 'saved' : saved.guard
    },
  }
}

function statementsOf(realm: string, change: ConfigurationChange): Statement<'name'>[] {
  const { journeys, nodes, scripts, customNodeTypes, documents } = change
  return [
    ...customNodeTypes.map((type) => guarded(replaceCustomNodeType(type), 'name')),
    ...scripts.map((script) => guarded(replaceScript(realm, script), 'name')),
    ...documents.map((document) => replaceDocument(realm, document)),
    ...nodes.map((node) => statements.replaceNode(nodeRow(realm, node))),
    ...journeys.map((journey) => statements.replaceJourney(journeyRow(realm, journey))),
  ]
}

function journeyRow(realm: string, journey: JourneyDocument) {
  return { realm, name: journey._id, document: JSON.stringify(journey) }
}

function nodeRow(realm: string, { id, type, version, config }: NodeDocument) {
  return { realm, id, type, version, config: JSON.stringify(config) }
}
