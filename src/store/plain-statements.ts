import { query, type Statement, type Value } from './query.ts'
import type { Tables } from './tables.ts'

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
