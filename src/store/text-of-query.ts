import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import type { Statement } from './query.ts'
import type { Tables } from './tables.ts'

/** Only compiles, to learn what a query does. */
const builder = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

/** SQL that names the operations and tables of a query, whatever the dialect. Callers keep what they learn from it. */
export function textOfQuery({ query, values }: Statement<string>): string {
  return query.compile(builder, Object.keys(values)).sql
}
