import { query, type Statement } from './query.ts'

const increment = query<Record<string, never>>((db) =>
  db.updateTable('configuration').set((eb) => ({ version: eb('version', '+', 1) })),
)

/** Belongs to every unit that changes journeys, nodes, scripts, custom node types or realms. */
export const countVersionUp: Statement = increment({})

/** Like {@link countVersionUp}, but only if the version is still `expected`. Use it as a guard. */
export const countVersionUpFrom = query<{ expected: number }>((db, $) =>
  db
    .updateTable('configuration')
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('version', '=', $.expected),
)

export const selectVersion = query<Record<string, never>>((db) =>
  db.selectFrom('configuration').select('version'),
)
