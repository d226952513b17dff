import { z } from 'zod'
import type { CustomNodeStore } from '../journeys/custom-node-store.ts'
import { everyRealm } from '../journeys/history/version-store.ts'
import { type CustomNodeType, customNodeTypeSchema } from '../nodes/custom-node-type.ts'
import { countVersionUp } from './configuration-version.ts'
import type { Database } from './database.ts'
import { guarded, query, type Statement } from './query.ts'
import { customNodeTypeVersion, deletion } from './recorded-versions.ts'
import { json, rowsOf } from './rows.ts'
import type { CustomNodeTypeTable } from './tables.ts'

const customNodeTypes = rowsOf<CustomNodeType>(
  'custom_node_types',
  'serviceName',
  z.object({ document: json(customNodeTypeSchema) }).transform(({ document }) => document),
)

const all = query<Record<string, never>>((db) =>
  db.selectFrom('customNodeTypes').selectAll().orderBy('serviceName'),
)

const byName = query<{ serviceName: string }>((db, $) =>
  db.selectFrom('customNodeTypes').selectAll().where('serviceName', '=', $.serviceName),
)

const insert = query<CustomNodeTypeTable>((db, $) => db.insertInto('customNodeTypes').values($))

const upsert = query<CustomNodeTypeTable>((db, $) =>
  db
    .insertInto('customNodeTypes')
    .values($)
    .onConflict((conflict) =>
      conflict.column('serviceName').doUpdateSet({ displayName: $.displayName, document: $.document }),
    ),
)

const remove = query<{ serviceName: string }>((db, $) =>
  db.deleteFrom('customNodeTypes').where('serviceName', '=', $.serviceName),
)

/** Creates or replaces a type. Violates a unique index if another type has the display name. */
export function replaceCustomNodeType(type: CustomNodeType) {
  return upsert(rowOf(type))
}

/** Stores custom node types in SQL. */
export function customNodeStore(database: Database): CustomNodeStore {
  async function change(statement: Statement, version: readonly Statement[]): Promise<boolean> {
    const written = await database.write([countVersionUp, ...version, guarded(statement, 'name')])
    return written.kind === 'saved'
  }
  return {
    all: () => customNodeTypes.all(database, all({})),
    read: (serviceName) => customNodeTypes.one(database, byName({ serviceName })),
    create: (type, mark) => change(insert(rowOf(type)), customNodeTypeVersion(type, mark)),
    remove: (serviceName, mark) =>
      change(remove({ serviceName }), deletion(everyRealm, 'customNodeType', serviceName, mark)),
  }
}

function rowOf(type: CustomNodeType): CustomNodeTypeTable {
  return { serviceName: type.serviceName, displayName: type.displayName, document: JSON.stringify(type) }
}
