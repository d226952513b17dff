import { z } from 'zod'
import type { ConfigurationStore } from '../journeys/configuration-store.ts'
import {
  type JourneyDocument,
  journeyDocumentSchema,
  nodeDocumentSchema,
} from '../journeys/journey-document.ts'
import { countVersionUp, selectVersion } from './configuration-version.ts'
import type { Database } from './database.ts'
import * as statements from './journey-configuration-statements.ts'
import { guarded, type Statement } from './query.ts'
import { json, rowsOf } from './rows.ts'

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
      const row = { realm, name: journey._id, document: JSON.stringify(journey) }
      return save(statements.insertJourney(row), statements.replaceJourney(row))
    },
    removeJourney: (realm, name) => remove(statements.removeJourney({ realm, name })),
    nodes: (realm, type) =>
      nodes.all(
        database,
        type === undefined ? statements.nodes({ realm }) : statements.nodesOfType({ realm, type }),
      ),
    node: (realm, id) => nodes.one(database, statements.node({ realm, id })),
    saveNode(realm, { id, type, version, config }) {
      const row = { realm, id, type, version, config: JSON.stringify(config) }
      return save(statements.insertNode(row), statements.replaceNode(row))
    },
    removeNode: (realm, id) => remove(statements.removeNode({ realm, id })),
  }
}
