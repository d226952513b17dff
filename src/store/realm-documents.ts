import { sql } from 'kysely'
import {
  type DocumentStore,
  kindSizeSchema,
  type RealmDocument,
  realmDocumentSchema,
} from '../realms/document-store.ts'
import { countVersionUp } from './configuration-version.ts'
import type { Database } from './database.ts'
import { deleteWith, rowsWith, upsertRow } from './plain-statements.ts'
import { guarded, query } from './query.ts'
import { deletion, deletionsOfMissing, documentVersion } from './recorded-versions.ts'
import { recordsOf, rowsOf } from './rows.ts'
import { tryWrite, write } from './writes.ts'

const documents = recordsOf('realm_documents', 'id', realmDocumentSchema)
const kindSizes = rowsOf('realm_documents', 'kind', () => kindSizeSchema)

const all = rowsWith('realmDocuments', ['realm'], ['kind', 'id'])

const ofKind = rowsWith('realmDocuments', ['realm', 'kind'], ['id'])

const one = rowsWith('realmDocuments', ['realm', 'kind', 'id'])

const sizes = query<{ realm: string }>((db, $) =>
  db
    .selectFrom('realmDocuments')
    .select(({ fn }) => [
      'kind',
      fn.countAll<number>().as('count'),
      sql<number>`sum(length(document))`.as('characters'),
    ])
    .where('realm', '=', $.realm)
    .groupBy('kind')
    .orderBy('kind'),
)

/** Removes a document if there is one. */
export const removeDocument = deleteWith('realmDocuments', ['realm', 'kind', 'id'])

const removeKind = deleteWith('realmDocuments', ['realm', 'kind'])

const replace = upsertRow('realmDocuments', ['realm', 'kind', 'id'], ['document'])

/** Creates or replaces a document. */
export function replaceDocument(realm: string, document: RealmDocument) {
  return replace({ realm, ...documents.columnsOf(document) })
}

/** Stores documents of realms as unparsed JSON in SQL. */
export function documentStore(database: Database): DocumentStore {
  return {
    all: (realm, kind) =>
      documents.all(database, kind === undefined ? all({ realm }) : ofKind({ realm, kind })),
    read: (realm, kind, id) => documents.one(database, one({ realm, kind, id })),
    sizes: (realm) => kindSizes.all(database, sizes({ realm })),
    save: (realm, document, mark) =>
      write(database, [
        countVersionUp,
        ...documentVersion(realm, document, mark),
        replaceDocument(realm, document),
      ]),
    remove: (realm, kind, id, mark) =>
      tryWrite(database, [
        countVersionUp,
        ...deletion(realm, kind, id, mark),
        guarded(removeDocument({ realm, kind, id }), 'absent'),
      ]),
    async replaceAll(realm, kind, given, mark) {
      const after = given.map((document) => ({ kind, ...document }))
      await database.write([
        countVersionUp,
        ...after.flatMap((document) => documentVersion(realm, document, mark)),
        removeKind({ realm, kind }),
        ...after.map((document) => replaceDocument(realm, document)),
        ...deletionsOfMissing(realm, kind, mark),
      ])
    },
  }
}
