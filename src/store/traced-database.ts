import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import type { Tracing } from '../telemetry/traces/tracing.ts'
import type { Database } from './database.ts'
import type { Query, Statement } from './query.ts'
import type { Tables } from './tables.ts'

/** Only compiles, to learn the operation and the table of a query. */
const builder = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

const known = new WeakMap<Query, string>()

/** The same database with a span for each read and each unit. Spans name operation and table, never values. */
export function tracedDatabase(database: Database, system: string, tracing: Tracing): Database {
  if (!tracing.isOn) return database
  const about = (summary: string) => ({ 'db.system.name': system, 'db.query.summary': summary })
  return {
    ...database,
    read(statement) {
      const summary = summaryOf(statement)
      return tracing.span(summary, about(summary), async () => database.read(statement))
    },
    write(unit) {
      const summary = [...new Set(unit.map(summaryOf))].join(', ')
      return tracing.span('save', about(summary), async (span) => {
        const written = await database.write(unit)
        if (written.kind === 'refused') span.setAttributes({ 'sidegate.refused': written.guard })
        return written
      })
    },
  }
}

/** The SQL operation and its table. */
function summaryOf({ query, values }: Statement<string>): string {
  const there = known.get(query)
  if (there !== undefined) return there
  const { sql } = query.compile(builder, Object.keys(values))
  const [, operation] = /\b(insert|update|delete)\b/.exec(sql) ?? ['', 'select']
  const [, table] = /\b(?:into|update|from) "(\w+)"/.exec(sql) ?? ['', '']
  const summary = `${operation} ${table}`.trim()
  known.set(query, summary)
  return summary
}
