import type { Compilable, Kysely } from 'kysely'
import type { Tables } from './tables.ts'

/** What a database column holds: booleans are 0 and 1, JSON is text, times are epoch milliseconds. */
export type Value = string | number | null

export type Values = Readonly<Record<string, Value>>

/** SQL of one dialect, and how to put the values of one call in its order. */
export type CompiledSql = { sql: string; bind(values: Values): Value[] }

/** A query of this source, compiled once for each database. Its identity is the key of statement caches. */
export type Query = { compile(builder: Kysely<Tables>, names: readonly string[]): CompiledSql }

/** A query with its values, ready to run. `guard` names what is refused unless it writes exactly one row. */
export type Statement<Guard extends string = never> = { query: Query; values: Values; guard?: Guard }

/** Stands for a value while a query is compiled. */
class Placeholder {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

/**
 * Writes a query down for good: `build` runs once for each database, with placeholders in the place of values.
 *
 * @returns makes a statement of values; all calls must give the same keys.
 */
export function query<Given extends Values>(
  build: (db: Kysely<Tables>, $: Given) => Compilable,
): (values: Given) => Statement {
  const source: Query = {
    compile(builder, names) {
      const placeholders = Object.fromEntries(names.map((name) => [name, new Placeholder(name)]))
      // Not what they claim to be: Kysely only carries values to `parameters`, where we know them again.
      const { sql, parameters } = build(builder, placeholders as unknown as Given).compile()
      return { sql, bind: binder(parameters) }
    },
  }
  return (values) => ({ query: source, values })
}

/** The same statement, refused under this name unless it writes exactly one row. */
export function guarded<Guard extends string>(statement: Statement, guard: Guard): Statement<Guard> {
  return { query: statement.query, values: statement.values, guard }
}

function binder(parameters: readonly unknown[]): CompiledSql['bind'] {
  return (values) =>
    parameters.map((parameter) =>
      // A constant of the query is typed by its column.
      parameter instanceof Placeholder ? (values[parameter.name] ?? null) : (parameter as Value),
    )
}
