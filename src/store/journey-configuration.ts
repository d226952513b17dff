import { z } from 'zod'
import type { SaveMark } from '../base/save-mark.ts'
import { andThen } from '../base/work.ts'
import type {
  ConfigurationChange,
  ConfigurationStore,
  JourneySave,
  RealmChange,
  SaveContext,
} from '../journeys/configuration-store.ts'
import { everyRealm } from '../journeys/history/version-store.ts'
import {
  type JourneyDocument,
  journeyDocumentSchema,
  type NodeDocument,
  nodeDocumentSchema,
} from '../journeys/journey-document.ts'
import { countVersionUp, countVersionUpFrom, selectVersion } from './configuration-version.ts'
import { removeCustomNodeType, replaceCustomNodeType } from './custom-nodes.ts'
import type { Database } from './database.ts'
import { variableStatement } from './esvs.ts'
import * as statements from './journey-configuration-statements.ts'
import { removeDraft, removeDraftOf } from './journey-drafts.ts'
import { clientStatement } from './oauth-clients.ts'
import { guarded, type Statement } from './query.ts'
import { removeDocument, replaceDocument } from './realm-documents.ts'
import { replaceRealm } from './realms.ts'
import {
  customNodeTypeVersion,
  deletion,
  documentVersion,
  journeyVersion,
  nodeVersion,
  realmVersion,
  sameJourneyVersion,
  scriptVersion,
  versionsWithNode,
} from './recorded-versions.ts'
import { rememberedUntilWritten } from './remembered.ts'
import { json, maybe, recordsOf, rowsOf } from './rows.ts'
import { removeScript, replaceScript } from './scripts.ts'
import { tryWrite } from './writes.ts'

const versions = rowsOf('configuration', 'id', () => z.object({ version: z.number() }))

const journeys = rowsOf<JourneyDocument>('journeys', 'name', () =>
  z.object({ document: json(journeyDocumentSchema) }).transform(({ document }) => document),
)

const saves = rowsOf<JourneySave>('journeys', 'name', () =>
  z
    .object({
      name: z.string(),
      saves: z.number(),
      savedAt: maybe(z.number()),
      savedBy: maybe(z.string()),
      savedById: maybe(z.string()),
    })
    .transform(({ name, saves, savedAt, savedBy, savedById }) => ({
      journey: name,
      count: saves,
      at: savedAt,
      by: savedById === undefined ? undefined : { id: savedById, name: savedBy ?? '' },
    })),
)

const nodes = recordsOf('nodes', 'id', nodeDocumentSchema, { version: z.string() })

/** Stores journeys and their nodes in SQL. */
export function configurationStore(database: Database): ConfigurationStore {
  /** Inserts or replaces. @returns whether it is new. */
  async function save(insert: Statement, replace: Statement, ...more: Statement[]): Promise<boolean> {
    const inserted = await database.write([countVersionUp, guarded(insert, 'taken'), ...more])
    if (inserted.kind === 'saved') return true
    await database.write([countVersionUp, replace, ...more])
    return false
  }

  async function remove(statement: Statement, ...more: Statement[]): Promise<boolean> {
    return tryWrite(database, [countVersionUp, ...more, guarded(statement, 'absent')])
  }

  // Every start of a journey asks for the version.
  const remembered = rememberedUntilWritten<number>(database, 'configuration')

  return {
    version: () =>
      remembered('version', () =>
        andThen(versions.oneNow(database, selectVersion({})), (row) => row?.version ?? 0),
      ),
    journeys: (realm) => journeys.all(database, statements.journeys({ realm })),
    journey: (realm, name) => journeys.one(database, statements.journey({ realm, name })),
    saves: (realm) => saves.all(database, statements.journeySaves({ realm })),
    saveJourney(realm, journey, mark) {
      const row = journeyRow(realm, journey, mark)
      const version = journeyVersion(realm, journey, mark)
      return save(statements.insertJourney(row), statements.replaceJourney(row), ...version)
    },
    removeJourney: (realm, name, mark) =>
      remove(
        statements.removeJourney({ realm, name }),
        ...deletion(realm, 'journey', name, mark),
        removeDraftOf({ realm, name }),
      ),
    nodes: (realm, type) =>
      nodes.all(
        database,
        type === undefined ? statements.nodes({ realm }) : statements.nodesOfType({ realm, type }),
      ),
    node: (realm, id) => nodes.one(database, statements.node({ realm, id })),
    saveNode(realm, node, mark) {
      const row = nodeRow(realm, node)
      const versions = nodeVersion(realm, node, mark)
      const marked = withNode(realm, node.id, mark)
      return save(statements.insertNode(row), statements.replaceNode(row), ...versions, ...marked)
    },
    removeNode: (realm, id, mark) =>
      remove(
        statements.removeNode({ realm, id }),
        ...deletion(realm, 'node', id, mark),
        ...withNode(realm, id, mark),
      ),
    async saveAll(realm, change, expectedVersion, around = {}) {
      const count = guarded(countVersionUpFrom({ expected: expectedVersion }), 'changed')
      const versions = versionsOf(realm, change, around)
      const saved = await database.write([count, ...versions, ...statementsOf(realm, change, around)])
      return saved.kind === 'saved' ? 'saved' : saved.guard
    },
    async saveRealms(changes, expectedVersion, mark) {
      const count = guarded(countVersionUpFrom({ expected: expectedVersion }), 'changed')
      const unit = changes.flatMap((change) => realmStatements(change, mark))
      return tryWrite(database, [
        // rule S53: otherwise settings of a tenant are saved over those of a concurrent request
        count,
        ...unit,
      ])
    },
  }
}

function realmStatements(
  { path, realm, documents, removed = [] }: RealmChange,
  mark: SaveMark | undefined,
): Statement<'changed'>[] {
  return [
    ...(realm === undefined ? [] : [...realmVersion(realm, mark), guarded(replaceRealm(realm), 'changed')]),
    ...documents.flatMap((document) => [
      ...documentVersion(path, document, mark),
      replaceDocument(path, document),
    ]),
    ...removed.flatMap(({ kind, id }) => [
      ...deletion(path, kind, id, mark),
      removeDocument({ realm: path, kind, id }),
    ]),
  ]
}

function statementsOf(
  realm: string,
  change: ConfigurationChange,
  { mark, alsoSaved = [], published, realm: saved, variables = [], clients = [], removed = {} }: SaveContext,
): Statement<'name' | 'changed'>[] {
  const { journeys, nodes, scripts, customNodeTypes, documents } = change
  return [
    ...(saved === undefined ? [] : [guarded(replaceRealm(saved), 'changed')]),
    ...publishedDraft(realm, published),
    ...variables.map(({ isNew, ...variable }) => guarded(variableStatement(variable, isNew), 'changed')),
    ...clients.map((client) => guarded(clientStatement(realm, client), 'changed')),
    ...customNodeTypes.map((type) => guarded(replaceCustomNodeType(type), 'name')),
    ...scripts.map((script) => guarded(replaceScript(realm, script), 'name')),
    ...documents.map((document) => replaceDocument(realm, document)),
    ...nodes.map((node) => statements.replaceNode(nodeRow(realm, node))),
    ...journeys.map((journey) => statements.replaceJourney(journeyRow(realm, journey, mark))),
    ...alsoSaved.map((name) => statements.markJourney({ realm, name, ...columnsOf(mark) })),
    ...(removed.nodes ?? []).map((id) => statements.removeNode({ realm, id })),
    ...(removed.scripts ?? []).map((id) => removeScript({ realm, id })),
    ...(removed.documents ?? []).map(({ kind, id }) => removeDocument({ realm, kind, id })),
    ...(removed.customNodeTypes ?? []).map((serviceName) => removeCustomNodeType({ serviceName })),
    ...(removed.journeys ?? []).flatMap((name) => [
      statements.removeJourney({ realm, name }),
      removeDraftOf({ realm, name }),
    ]),
  ]
}

function versionsOf(
  realm: string,
  change: ConfigurationChange,
  { mark, alsoSaved = [], realm: saved, removed = {} }: SaveContext,
): Statement[] {
  const { journeys, nodes, scripts, customNodeTypes, documents } = change
  return [
    ...(saved === undefined ? [] : realmVersion(saved, mark)),
    ...customNodeTypes.flatMap((type) => customNodeTypeVersion(type, mark)),
    ...scripts.flatMap((script) => scriptVersion(realm, script, mark)),
    ...documents.flatMap((document) => documentVersion(realm, document, mark)),
    ...nodes.flatMap((node) => nodeVersion(realm, node, mark)),
    ...(removed.nodes ?? []).flatMap((id) => deletion(realm, 'node', id, mark)),
    ...(removed.scripts ?? []).flatMap((id) => deletion(realm, 'script', id, mark)),
    ...(removed.documents ?? []).flatMap(({ kind, id }) => deletion(realm, kind, id, mark)),
    ...(removed.customNodeTypes ?? []).flatMap((id) => deletion(everyRealm, 'customNodeType', id, mark)),
    ...journeys.flatMap((journey) => journeyVersion(realm, journey, mark)),
    ...alsoSaved.flatMap((name) => sameJourneyVersion(realm, name, mark)),
    ...(removed.journeys ?? []).flatMap((name) => deletion(realm, 'journey', name, mark)),
  ]
}

function publishedDraft(realm: string, draft: SaveContext['published']): Statement<'changed'>[] {
  if (draft === undefined) return []
  const { journey: name, revision } = draft
  return [guarded(removeDraft({ realm, name, revision }), 'changed')]
}

/** Follows the version of the node. */
function withNode(realm: string, id: string, mark: SaveMark | undefined): Statement[] {
  const quotedId = `%${JSON.stringify(id)}%`
  const marked = statements.markJourneysWithNode({ realm, quotedId, ...columnsOf(mark) })
  return [marked, ...versionsWithNode(realm, quotedId, mark)]
}

function columnsOf(mark: SaveMark | undefined) {
  const { at: savedAt = null, by } = mark?.cause === 'seal' ? {} : (mark ?? {})
  return { savedAt, savedBy: by?.name ?? null, savedById: by?.id ?? null }
}

function journeyRow(realm: string, journey: JourneyDocument, mark: SaveMark | undefined) {
  const document = JSON.stringify(journey)
  return { realm, name: journey._id, document, saves: 1, ...columnsOf(mark) }
}

function nodeRow(realm: string, node: NodeDocument) {
  return { realm, ...nodes.columnsOf(node) }
}
