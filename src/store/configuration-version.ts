import { query, type Statement } from './query.ts'

const increment = query<Record<string, never>>((db) =>
  db.updateTable('configuration').set((eb) => ({ version: eb('version', '+', 1) })),
)

/** Belongs into every unit that changes journeys, nodes, scripts, custom node types or realms. */
export const countVersionUp: Statement = increment({})

/** As {@link countVersionUp}, for a unit that holds for one version alone: guard it. */
export const countVersionUpFrom = query<{ expected: number }>((db, $) =>
  db
    .updateTable('configuration')
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('version', '=', $.expected),
)

/** The one row of the counter. */
export const selectVersion = query<Record<string, never>>((db) =>
  db.selectFrom('configuration').select('version'),
)
