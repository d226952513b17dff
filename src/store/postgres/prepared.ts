import {
  CamelCasePlugin,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely'
import type { QueryConfig, QueryResult } from 'pg'
import type { Row, StatementResult } from '../database.ts'
import type { CompiledSql, Query, Statement, Value } from '../query.ts'
import type { Tables } from '../tables.ts'

/** A query as it is sent. */
type Prepared = CompiledSql & { name: string }

/** Compiles only: what it builds is run by a connection. */
const builder = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
  plugins: [new CamelCasePlugin()],
})

/** Bounded by the number of queries in the source. Each connection prepares a name when it first uses it. */
const known = new Map<Query, Prepared>()

function prepared({ query, values }: Statement<string>): Prepared {
  const there = known.get(query)
  if (there !== undefined) return there
  const compiled = query.compile(builder, Object.keys(values))
  const made = { ...compiled, name: `q${known.size + 1}` }
  known.set(query, made)
  return made
}

/** What to send for a statement. */
export function requestOf(statement: Statement<string>): QueryConfig {
  const { name, sql, bind } = prepared(statement)
  return { name, text: sql, values: bind(statement.values).map(storable) }
}

/** What came back for it. */
export function resultOf({ rows, fields, rowCount }: QueryResult): StatementResult {
  if (fields.length === 0) return { affected: rowCount ?? 0, rows: [] }
  const columns = fields.map(({ name }) => [name, camelCase(name)] as const)
  return { affected: rowCount ?? 0, rows: rows.map((row) => renamed(row, columns)) }
}

/** PostgreSQL's text has no NUL. What is no text to it cannot be found there, nor be told from other such text. */
function storable(value: Value): Value {
  return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\ufffd') : value
}

function renamed(row: Row, columns: readonly (readonly [string, string])[]): Row {
  const ours: Record<string, unknown> = {}
  for (const [name, own] of columns) ours[own] = row[name]
  return ours
}

function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}
