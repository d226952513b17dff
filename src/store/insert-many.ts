import type { InsertQueryBuilder, InsertResult } from 'kysely'
import { query, type Statement, type Value, type Values } from './query.ts'
import type { Tables } from './tables.ts'

/** Maximum number of rows of a statement, and so of compiled queries for each table. */
const most = 16

/**
 * Inserts rows with few statements, which are compiled once for each number of rows.
 * @param columns of every row
 * @param onConflict what happens to rows that are there already; by default, the statement fails
 */
export function insertMany<Table extends keyof Tables>(
  table: Table,
  columns: readonly (keyof Tables[Table] & string)[],
  onConflict?: Parameters<InsertQueryBuilder<Tables, Table, InsertResult>['onConflict']>[0],
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
      const insert = db.insertInto<keyof Tables>(table).values(rows as never)
      return onConflict === undefined ? insert : insert.onConflict(onConflict as never)
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

  return (rows) => inParts(rows).map(insert)
}

/**
 * Deletes rows by the values of one column, as {@link insertMany} inserts them.
 * @returns statements that each write as many rows as they have values, if these are stored.
 */
export function removeMany<Table extends keyof Tables>(
  table: Table,
  column: keyof Tables[Table] & string,
): (values: readonly Value[]) => Statement[] {
  const names = Array.from({ length: most }, (_, place) => `${column}${place}`)
  const queries = new Map<number, (values: Values) => Statement>()

  function queryOf(count: number): (values: Values) => Statement {
    const known = queries.get(count)
    if (known !== undefined) return known
    const made = query<Values>((db, $) =>
      // The compiler can't see that these are placeholders for the column of the table.
      db
        .deleteFrom<keyof Tables>(table)
        .where(column as never, 'in', names.slice(0, count).map((name) => $[name]) as never),
    )
    queries.set(count, made)
    return made
  }

  return (values) =>
    inParts(values).map((part) =>
      queryOf(part.length)(Object.fromEntries(part.map((value, place) => [names[place] ?? '', value]))),
    )
}

/** Each part goes into one statement. */
export function inParts<Item>(items: readonly Item[]): Item[][] {
  return Array.from({ length: Math.ceil(items.length / most) }, (_, part) =>
    items.slice(part * most, (part + 1) * most),
  )
}
