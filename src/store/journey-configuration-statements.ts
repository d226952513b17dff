import { sql } from 'kysely'
import { query } from './query.ts'
import type { JourneyTable, NodeTable } from './tables.ts'

type Saved = Pick<JourneyTable, 'savedAt' | 'savedBy' | 'savedById'>

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
    .onConflict((conflict) =>
      conflict.columns(['realm', 'name']).doUpdateSet((eb) => ({
        document: $.document,
        saves: eb('journeys.saves', '+', 1),
        savedAt: $.savedAt,
        savedBy: $.savedBy,
        savedById: $.savedById,
      })),
    ),
)

/** Who saved the journeys of a realm, by name. */
export const journeySaves = query<{ realm: string }>((db, $) =>
  db
    .selectFrom('journeys')
    .select(['name', 'saves', 'savedAt', 'savedBy', 'savedById'])
    .where('realm', '=', $.realm)
    .orderBy('name'),
)

/** Says that a journey was saved, though its graph stays. */
export const markJourney = query<Saved & { realm: string; name: string }>((db, { realm, name, ...saved }) =>
  db
    .updateTable('journeys')
    .set((eb) => ({ saves: eb('saves', '+', 1), ...saved }))
    .where('realm', '=', realm)
    .where('name', '=', name),
)

/**
 * As {@link markJourney}, for the journeys that have a node, in their graph or on one of its pages.
 * @param quotedId is `%"id"%`: the id as JSON has it, anywhere. A text that happens to hold it marks one journey more.
 */
export const markJourneysWithNode = query<Saved & { realm: string; quotedId: string }>(
  (db, { realm, quotedId, ...saved }) =>
    db
      .updateTable('journeys')
      .set((eb) => ({ saves: eb('saves', '+', 1), ...saved }))
      .where('realm', '=', realm)
      .where((eb) =>
        eb.or([
          eb('document', 'like', quotedId),
          eb.exists(
            eb
              .selectFrom('nodes')
              .select('nodes.id')
              .where('nodes.realm', '=', realm)
              .where('nodes.type', '=', 'PageNode')
              .where('nodes.config', 'like', quotedId)
              .where((page) =>
                page('journeys.document', 'like', sql<string>`'%"' || ${page.ref('nodes.id')} || '"%'`),
              ),
          ),
        ]),
      ),
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
