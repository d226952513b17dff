import type { Compilable, Kysely } from 'kysely'
import type { Tables } from './tables.ts'

/** A value of a database column. Booleans are 0 and 1, JSON is text, times are epoch milliseconds. */
export type Value = string | number | null

export type Values = Readonly<Record<string, Value>>

/** SQL of one dialect. `bind` puts the values of one call in the order of its parameters. */
export type CompiledSql = { sql: string; bind(values: Values): Value[] }

/** A query, compiled once for each database. Its identity is the key of statement caches. */
export type Query = { compile(builder: Kysely<Tables>, names: readonly string[]): CompiledSql }

/** A query with its values, ready to run. If `guard` is set, the statement must write exactly this number of rows. */
export type Statement<Guard extends string = never> = {
  query: Query
  values: Values
  guard?: Guard
  /** Default: one. */
  guardedRows?: number
  /** The rows that go to the commit's collector, if the database has one (see `Database.collect`). */
  collected?: readonly Values[]
}

/** The tables that compiled SQL of either dialect writes, in snake case. */
export function tablesWrittenBy(sql: string): string[] {
  return [...sql.matchAll(/\b(?:insert into|update|delete from) "(\w+)"/g)].map(([, table = '']) => table)
}

/** Represents a value while a query is compiled. */
class Placeholder {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

/**
 * Defines a query. `build` runs once for each database, with placeholders instead of values.
 * @returns a function that makes a statement from values. All calls must pass the same keys.
 */
export function query<Given extends Values>(
  build: (db: Kysely<Tables>, $: Given) => Compilable,
): (values: Given) => Statement {
  const source: Query = {
    compile(builder, names) {
      const placeholders = Object.fromEntries(names.map((name) => [name, new Placeholder(name)]))
      // The placeholders don't have the claimed types: Kysely only carries them to `parameters`, where we recognize
      // them.
      const { sql, parameters } = build(builder, placeholders as unknown as Given).compile()
      return { sql, bind: binder(parameters) }
    },
  }
  return (values) => ({ query: source, values })
}

/** The same statement, refused under this name unless it writes exactly one row, or another number. */
export function guarded<Guard extends string>(
  statement: Statement,
  guard: Guard,
  guardedRows = 1,
): Statement<Guard> {
  return { query: statement.query, values: statement.values, guard, guardedRows }
}

/** Whether a unit may have changed rows when it fails or is refused: one statement of which a guard demands one row has not. */
export function needsUndo(unit: readonly Statement<string>[]): boolean {
  return unit.length > 1 || unit.some(({ guardedRows = 1 }) => guardedRows > 1)
}

/** Whether a statement that wrote this number of rows refuses its unit. */
export function isRefusing(
  { guard, guardedRows = 1 }: Statement<string>,
  affected: number | undefined,
): boolean {
  return guard !== undefined && affected !== guardedRows
}

function binder(parameters: readonly unknown[]): CompiledSql['bind'] {
  return (values) =>
    parameters.map((parameter) =>
      // Constants in the query already have the type of their column.
      parameter instanceof Placeholder ? (values[parameter.name] ?? null) : (parameter as Value),
    )
}
