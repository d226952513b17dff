import { query, type Statement } from './query.ts'

const increment = query<Record<string, never>>((db) =>
  db.updateTable('configuration').set((eb) => ({ version: eb('version', '+', 1) })),
)

/** Belongs into every unit that changes journeys, nodes, scripts, custom node types or realms. */
export const countVersionUp: Statement = increment({})

/** The one row of the counter. */
export const selectVersion = query<Record<string, never>>((db) =>
  db.selectFrom('configuration').select('version'),
)
