import { sql } from 'kysely'
import { deleteWith, insertRow, rowsWith, upsertRow } from './plain-statements.ts'
import { query } from './query.ts'
import type { JourneyTable } from './tables.ts'

type Saved = Pick<JourneyTable, 'savedAt' | 'savedBy' | 'savedById'>

/** Sorted by name. */
export const journeys = rowsWith('journeys', ['realm'], ['name'])

export const journey = rowsWith('journeys', ['realm', 'name'])

/** Violates a unique index if the journey exists. */
export const insertJourney = insertRow('journeys')

/** Inserts the journey if it was removed in the meantime. */
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

/** The author and time of the last save of each journey of a realm, sorted by name. */
export const journeySaves = query<{ realm: string }>((db, $) =>
  db
    .selectFrom('journeys')
    .select(['name', 'saves', 'savedAt', 'savedBy', 'savedById'])
    .where('realm', '=', $.realm)
    .orderBy('name'),
)

/** Records a save of a journey whose graph didn't change. */
export const markJourney = query<Saved & { realm: string; name: string }>((db, { realm, name, ...saved }) =>
  db
    .updateTable('journeys')
    .set((eb) => ({ saves: eb('saves', '+', 1), ...saved }))
    .where('realm', '=', realm)
    .where('name', '=', name),
)

/**
 * Like {@link markJourney}, for the journeys that contain a node, in their graph or on one of its pages.
 * @param quotedId `%"id"%`, which matches the id as a JSON string. Another string with the same text marks one journey
 * too many.
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

/** Keeps its nodes. */
export const removeJourney = deleteWith('journeys', ['realm', 'name'])

/** Sorted by id. */
export const nodes = rowsWith('nodes', ['realm'], ['id'])

/** Sorted by id. */
export const nodesOfType = rowsWith('nodes', ['realm', 'type'], ['id'])

export const node = rowsWith('nodes', ['realm', 'id'])

/** Violates a unique index if the node exists. */
export const insertNode = insertRow('nodes')

/** Inserts the node if it was removed in the meantime. */
export const replaceNode = upsertRow('nodes', ['realm', 'id'], ['type', 'version', 'config'])

/** Keeps the journeys that use it. */
export const removeNode = deleteWith('nodes', ['realm', 'id'])
