import {
  CamelCasePlugin,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely'
import type { QueryArrayConfig, QueryArrayResult } from 'pg'
import type { Row, StatementResult } from '../database.ts'
import { type CompiledSql, type Query, type Statement, tablesWrittenBy, type Value } from '../query.ts'
import type { Tables } from '../tables.ts'

/** A query with the name of its prepared statement, and the tables that it writes. */
type Prepared = CompiledSql & { name: string; writes: readonly string[] }

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
  const made = { ...compiled, name: `q${known.size + 1}`, writes: tablesWrittenBy(compiled.sql) }
  known.set(query, made)
  return made
}

/** Counts the writes of each table. */
export class Writes {
  readonly #counts = new Map<string, number>()

  of(table: string): number {
    return this.#counts.get(table) ?? 0
  }

  /** Call it before and after the unit, because a read in between may see either state. @returns the written tables. */
  add(unit: readonly Statement<string>[]): string[] {
    const tables = unit.flatMap((statement) => prepared(statement).writes)
    for (const table of tables) this.#counts.set(table, this.of(table) + 1)
    return tables
  }
}

/** A request for rows as arrays, which {@link resultOf} gives our names. */
export function requestOf(statement: Statement<string>): QueryArrayConfig {
  const { name, sql, bind } = prepared(statement)
  return { name, text: sql, values: bind(statement.values).map(storable), rowMode: 'array' }
}

export function resultOf({ rows, fields, rowCount }: QueryArrayResult): StatementResult {
  const names = fields.map(({ name }) => camelCase(name))
  return { affected: rowCount ?? 0, rows: rows.map((values) => named(names, values)) }
}

/** PostgreSQL can't store NUL in text. It is replaced, so that a search finds nothing instead of failing. */
function storable(value: Value): Value {
  return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\ufffd') : value
}

function named(names: readonly string[], values: readonly unknown[]): Row {
  const row: Record<string, unknown> = {}
  for (const [index, name] of names.entries()) row[name] = values[index]
  return row
}

/** Bounded by the number of columns and aliases in the source. */
const camelCased = new Map<string, string>()

function camelCase(name: string): string {
  const known = camelCased.get(name)
  if (known !== undefined) return known
  const made = name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
  camelCased.set(name, made)
  return made
}
