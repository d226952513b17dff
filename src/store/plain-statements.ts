import { query, type Statement, type Value, type Values } from './query.ts'
import type { NodeTable, Tables } from './tables.ts'

type Table = keyof Tables
type Column<Of extends Table> = keyof Tables[Of] & string
type ValuesOf<Of extends Table, Key extends Column<Of>> = { [Name in Key]: Tables[Of][Name] & Value }
type With<Of extends Table, Key extends Column<Of>> = (values: ValuesOf<Of, Key>) => Statement

/*
 * Statements that follow from names of a table and its columns. Kysely can't type a choice of tables, so they name one of them,
 * and a column of it.
 */

/** Reads the rows that have the given values in columns. */
export function rowsWith<Of extends Table, Key extends Column<Of>>(
  table: Of,
  columns: readonly Key[],
  order: readonly Column<Of>[] = [],
): With<Of, Key> {
  return query<ValuesOf<Of, Key>>((db, $) => {
    const all = db.selectFrom(table as 'nodes').selectAll()
    const found = columns.reduce((rows, column) => rows.where(column as 'id', '=', $[column] as string), all)
    return order.reduce((rows, column) => rows.orderBy(column as 'id'), found)
  })
}

/** Inserts a row. Violates a unique index if it exists. */
export function insertRow<Of extends Table>(table: Of): With<Of, Column<Of>> {
  return query<ValuesOf<Of, Column<Of>>>((db, $) => db.insertInto(table as 'nodes').values($ as NodeTable))
}

/** Inserts a row, or changes these columns of the row with the same key. */
export function upsertRow<Of extends Table>(
  table: Of,
  key: readonly Column<Of>[],
  columns: readonly Column<Of>[],
): With<Of, Column<Of>> {
  return query<ValuesOf<Of, Column<Of>>>((db, $) =>
    db
      .insertInto(table as 'nodes')
      .values($ as NodeTable)
      .onConflict((conflict) => conflict.columns(key as readonly 'id'[]).doUpdateSet(valuesIn($, columns))),
  )
}

/** Changes columns of the rows that have the given values in others. */
export function updateWith<Of extends Table, Key extends Column<Of>, Changed extends Column<Of>>(
  table: Of,
  keys: readonly Key[],
  columns: readonly Changed[],
): With<Of, Key | Changed> {
  return query<ValuesOf<Of, Key | Changed>>((db, $) =>
    keys.reduce(
      (rows, key) => rows.where(key as 'id', '=', $[key] as string),
      db.updateTable(table as 'nodes').set(valuesIn($, columns)),
    ),
  )
}

/** Changes columns of a row that still has the values that were read. */
export function replaceRead<Of extends Table, Key extends Column<Of>, Changed extends Column<Of>>(
  table: Of,
  keys: readonly Key[],
  columns: readonly Changed[],
): (key: ValuesOf<Of, Key>, read: ValuesOf<Of, Changed>, to: ValuesOf<Of, Changed>) => Statement {
  const change = query<Values>((db, $) =>
    columns.reduce(
      (rows, column) => rows.where(column as 'id', '=', $[`read.${column}`] as string),
      keys.reduce(
        (rows, key) => rows.where(key as 'id', '=', $[key] as string),
        db.updateTable(table as 'nodes').set(valuesIn($, columns)),
      ),
    ),
  )
  return (key, read, to) => {
    const before = Object.fromEntries(columns.map((column) => [`read.${column}`, read[column]]))
    return change({ ...valuesIn(key, keys), ...valuesIn(to, columns), ...before })
  }
}

function valuesIn(values: Values, names: readonly string[]): { [name: string]: Value } {
  return Object.fromEntries(names.map((name) => [name, values[name] ?? null]))
}

/** Deletes the rows that have the given values in columns. */
export function deleteWith<Of extends Table, Key extends Column<Of>>(
  table: Of,
  columns: readonly Key[],
): With<Of, Key> {
  return query<ValuesOf<Of, Key>>((db, $) =>
    columns.reduce(
      (rows, column) => rows.where(column as 'id', '=', $[column] as string),
      db.deleteFrom(table as 'nodes'),
    ),
  )
}

/** Deletes at most `limit` rows of which a time is before another. @param key identifies a row, or rows that go together. */
export function deleteBefore<Of extends Table>(table: Of, key: Column<Of>, time: Column<Of>) {
  const [rows, id, at] = [table as 'alarms', key as 'id', time as 'raisedAt']
  return query<{ before: number; limit: number }>((db, $) =>
    db
      .deleteFrom(rows)
      .where(id, 'in', (eb) => eb.selectFrom(rows).select(id).where(at, '<', $.before).limit($.limit)),
  )
}
