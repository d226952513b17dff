import { query } from './query.ts'
import type { JourneyTable, NodeTable } from './tables.ts'

export const journeys = query<{ realm: string }>((db, $) =>
  db.selectFrom('journeys').selectAll().where('realm', '=', $.realm).orderBy('name'),
)

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

export const removeJourney = query<{ realm: string; name: string }>((db, $) =>
  db.deleteFrom('journeys').where('realm', '=', $.realm).where('name', '=', $.name),
)

export const nodes = query<{ realm: string }>((db, $) =>
  db.selectFrom('nodes').selectAll().where('realm', '=', $.realm).orderBy('id'),
)

export const nodesOfType = query<{ realm: string; type: string }>((db, $) =>
  db.selectFrom('nodes').selectAll().where('realm', '=', $.realm).where('type', '=', $.type).orderBy('id'),
)

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

export const removeNode = query<{ realm: string; id: string }>((db, $) =>
  db.deleteFrom('nodes').where('realm', '=', $.realm).where('id', '=', $.id),
)
