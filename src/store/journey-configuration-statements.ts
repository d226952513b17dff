import { query } from './query.ts'
import type { JourneyTable, NodeTable } from './tables.ts'

/** By name. */
export const journeys = query<{ realm: string }>((db, $) =>
  db.selectFrom('journeys').selectAll().where('realm', '=', $.realm).orderBy('name'),
)

/** One journey of a realm. */
export const journey = query<{ realm: string; name: string }>((db, $) =>
  db.selectFrom('journeys').selectAll().where('realm', '=', $.realm).where('name', '=', $.name),
)

/** Breaks a uniqueness rule when it is there. */
export const insertJourney = query<JourneyTable>((db, $) => db.insertInto('journeys').values($))

/** Inserts if it was removed meanwhile. */
export const replaceJourney = query<JourneyTable>((db, $) =>
  db
    .insertInto('journeys')
    .values($)
    .onConflict((conflict) => conflict.columns(['realm', 'name']).doUpdateSet({ document: $.document })),
)

/** Leaves its nodes. */
export const removeJourney = query<{ realm: string; name: string }>((db, $) =>
  db.deleteFrom('journeys').where('realm', '=', $.realm).where('name', '=', $.name),
)

/** By id. */
export const nodes = query<{ realm: string }>((db, $) =>
  db.selectFrom('nodes').selectAll().where('realm', '=', $.realm).orderBy('id'),
)

/** By id. */
export const nodesOfType = query<{ realm: string; type: string }>((db, $) =>
  db.selectFrom('nodes').selectAll().where('realm', '=', $.realm).where('type', '=', $.type).orderBy('id'),
)

/** One node of a realm. */
export const node = query<{ realm: string; id: string }>((db, $) =>
  db.selectFrom('nodes').selectAll().where('realm', '=', $.realm).where('id', '=', $.id),
)

/** Breaks a uniqueness rule when it is there. */
export const insertNode = query<NodeTable>((db, $) => db.insertInto('nodes').values($))

/** Inserts if it was removed meanwhile. */
export const replaceNode = query<NodeTable>((db, $) =>
  db
    .insertInto('nodes')
    .values($)
    .onConflict((conflict) =>
      conflict.columns(['realm', 'id']).doUpdateSet({ type: $.type, version: $.version, config: $.config }),
    ),
)

/** Leaves the journeys that name it. */
export const removeNode = query<{ realm: string; id: string }>((db, $) =>
  db.deleteFrom('nodes').where('realm', '=', $.realm).where('id', '=', $.id),
)
