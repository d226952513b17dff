import { z } from 'zod'
import type { CustomNodeStore } from '../journeys/custom-node-store.ts'
import { type CustomNodeType, customNodeTypeSchema } from '../nodes/custom-node-type.ts'
import { countVersionUp } from './configuration-version.ts'
import type { Database } from './database.ts'
import { deleteWith, insertRow, rowsWith, upsertRow } from './plain-statements.ts'
import { guarded } from './query.ts'
import { customNodeTypeVersion } from './recorded-versions.ts'
import { json, rowsOf } from './rows.ts'
import type { CustomNodeTypeTable } from './tables.ts'
import { tryWrite } from './writes.ts'

const customNodeTypes = rowsOf<CustomNodeType>('custom_node_types', 'serviceName', () =>
  z.object({ document: json(customNodeTypeSchema) }).transform(({ document }) => document),
)

const all = rowsWith('customNodeTypes', [], ['serviceName'])

const byName = rowsWith('customNodeTypes', ['serviceName'])

const insert = insertRow('customNodeTypes')

const upsert = upsertRow('customNodeTypes', ['serviceName'], ['displayName', 'document'])

export const removeCustomNodeType = deleteWith('customNodeTypes', ['serviceName'])

/** Creates or replaces a type. Violates a unique index if another type has the display name. */
export function replaceCustomNodeType(type: CustomNodeType) {
  return upsert(rowOf(type))
}

/** Stores custom node types in SQL. */
export function customNodeStore(database: Database): CustomNodeStore {
  return {
    all: () => customNodeTypes.all(database, all({})),
    read: (serviceName) => customNodeTypes.one(database, byName({ serviceName })),
    create: (type, mark) =>
      tryWrite(database, [
        countVersionUp,
        ...customNodeTypeVersion(type, mark),
        guarded(insert(rowOf(type)), 'name'),
      ]),
  }
}

function rowOf(type: CustomNodeType): CustomNodeTypeTable {
  return { serviceName: type.serviceName, displayName: type.displayName, document: JSON.stringify(type) }
}
