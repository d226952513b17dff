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

/** A query with the name of its prepared statement. */
type Prepared = CompiledSql & { name: string }

/** Only compiles. Connections run the queries. */
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

export function requestOf(statement: Statement<string>): QueryConfig {
  const { name, sql, bind } = prepared(statement)
  return { name, text: sql, values: bind(statement.values).map(storable) }
}

export function resultOf({ rows, fields, rowCount }: QueryResult): StatementResult {
  if (fields.length === 0) return { affected: rowCount ?? 0, rows: [] }
  const columns = fields.map(({ name }) => [name, camelCase(name)] as const)
  return { affected: rowCount ?? 0, rows: rows.map((row) => renamed(row, columns)) }
}

/** PostgreSQL can't store NUL in text. It is replaced, so that a search finds nothing instead of failing. */
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
