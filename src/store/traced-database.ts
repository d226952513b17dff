import type { Tracing } from '../telemetry/traces/tracing.ts'
import type { Database } from './database.ts'
import type { Query, Statement } from './query.ts'
import { textOfQuery } from './text-of-query.ts'

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
function summaryOf(statement: Statement<string>): string {
  const { query } = statement
  const there = known.get(query)
  if (there !== undefined) return there
  const sql = textOfQuery(statement)
  const [, operation] = /\b(insert|update|delete)\b/.exec(sql) ?? ['', 'select']
  const [, table] = /\b(?:into|update|from) "(\w+)"/.exec(sql) ?? ['', '']
  const summary = `${operation} ${table}`.trim()
  known.set(query, summary)
  return summary
}
