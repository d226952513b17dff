import { z } from 'zod'
import { OperationError } from '../errors.ts'
import type { Database, Row } from './database.ts'
import type { Statement } from './query.ts'

/** Parses rows of one table. */
export type Rows<Value> = {
  parse(row: Row): Value
  one(database: Database, statement: Statement): Promise<Value | undefined>
  all(database: Database, statement: Statement): Promise<Value[]>
}

/** Reads rows of a table with a schema. A row that doesn't match is an error that names the table and its key. */
export function rowsOf<Value>(table: string, key: string, schema: z.ZodType<Value>): Rows<Value> {
  function parse(row: Row): Value {
    const parsed = schema.safeParse(row)
    if (parsed.success) return parsed.data
    const problems = z.prettifyError(parsed.error)
    throw new OperationError(
      `Table ${table} holds a row that cannot be read, ${key} ${row[key]}: ${problems}`,
    )
  }
  return {
    parse,
    async one(database, statement) {
      const [row] = await database.read(statement)
      return row && parse(row)
    },
    async all(database, statement) {
      return (await database.read(statement)).map(parse)
    },
  }
}

/** A column with JSON text. */
export function json<Value>(schema: z.ZodType<Value>): z.ZodType<Value> {
  return z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text)
      } catch {
        context.addIssue('expected JSON')
        return z.NEVER
      }
    })
    .pipe(schema)
}

/** A nullable column, read as `undefined`. */
export function maybe<Value>(schema: z.ZodType<Value>): z.ZodType<Value | undefined> {
  return schema.nullable().transform((value) => value ?? undefined)
}

/** A column with 0 or 1. */
export const flag: z.ZodType<boolean> = z.literal([0, 1]).transform((value) => value === 1)

/** Writes a nullable column that `maybe(json(…))` reads. */
export function jsonOrNull(value: object | undefined): string | null {
  return value === undefined ? null : JSON.stringify(value)
}
