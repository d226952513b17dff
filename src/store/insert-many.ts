import { query, type Statement, type Value, type Values } from './query.ts'
import type { Tables } from './tables.ts'

/** Maximum number of rows of a statement, and so of compiled queries for each table. */
const most = 16

/**
 * Inserts rows with few statements, which are compiled once for each number of rows.
 * @param columns of every row
 */
export function insertMany<Table extends keyof Tables>(
  table: Table,
  columns: readonly (keyof Tables[Table] & string)[],
): (rows: readonly Tables[Table][]) => Statement[] {
  const names = Array.from({ length: most }, (_, place) =>
    columns.map((column) => [column, `${column}${place}`] as const),
  )
  const queries = new Map<number, (values: Values) => Statement>()

  function queryOf(count: number): (values: Values) => Statement {
    const known = queries.get(count)
    if (known !== undefined) return known
    const made = query<Values>((db, $) => {
      const rows = names
        .slice(0, count)
        .map((row) => Object.fromEntries(row.map(([column, name]) => [column, $[name]])))
      // The compiler can't see that these are placeholders for the columns of the table.
      return db.insertInto<keyof Tables>(table).values(rows as never)
    })
    queries.set(count, made)
    return made
  }

  function insert(rows: readonly Tables[Table][]): Statement {
    const values: { [name: string]: Value } = {}
    rows.forEach((row, place) => {
      // All columns of all tables have these types.
      for (const [column, name] of names[place] ?? []) values[name] = row[column] as Value
    })
    return queryOf(rows.length)(values)
  }

  return (rows) =>
    Array.from({ length: Math.ceil(rows.length / most) }, (_, part) =>
      insert(rows.slice(part * most, (part + 1) * most)),
    )
}
