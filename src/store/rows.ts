import { z } from 'zod'
import { OperationError } from '../base/errors.ts'
import { type Awaitable, andThen } from '../base/work.ts'
import type { Database, Row } from './database.ts'
import type { Statement, Value } from './query.ts'
import type { Columns } from './tables.ts'

/** Parses rows of one table. */
export type Rows<Entry> = {
  parse(row: Row): Entry
  one(database: Database, statement: Statement): Promise<Entry | undefined>
  /** Like `one`, but immediate where the database is. */
  oneNow(database: Database, statement: Statement): Awaitable<Entry | undefined>
  all(database: Database, statement: Statement): Promise<Entry[]>
}

/**
 * Reads rows of a table with a schema. A row that doesn't match is an error that names the table and its key.
 * @param describe makes the schema for the first row: most tables of a server are never read.
 */
export function rowsOf<Entry>(table: string, key: string, describe: () => z.ZodType<Entry>): Rows<Entry> {
  let schema: z.ZodType<Entry> | undefined
  function parse(row: Row): Entry {
    schema ??= describe()
    const parsed = schema.safeParse(row)
    if (parsed.success) return parsed.data
    const problems = z.prettifyError(parsed.error)
    throw new OperationError(
      `Table ${table} holds a row that cannot be read, ${key} ${row[key]}: ${problems}`,
    )
  }
  return parsedWith(parse)
}

/** Reads rows with a function, for entries that several schemas make up. */
export function parsedWith<Entry>(parse: (row: Row) => Entry): Rows<Entry> {
  const first = ([row]: readonly Row[]) => row && parse(row)
  const oneNow: Rows<Entry>['oneNow'] = (database, statement) => andThen(database.read(statement), first)
  return {
    parse,
    oneNow,
    one: async (database, statement) => oneNow(database, statement),
    async all(database, statement) {
      return (await database.read(statement)).map(parse)
    },
  }
}

/** Reads and writes the columns of one kind of record. */
export type Records<Entry> = Rows<Entry> & { columnsOf(entry: Entry): Columns<Entry> }

type Readers<Shape extends z.ZodRawShape> = { [Name in keyof Shape]?: z.ZodType<z.output<Shape[Name]>> }

/**
 * Derives the columns of a record from its schema, as the type `Columns` describes them. Other columns of the table are
 * ignored.
 * @param readers read columns that are not stored in the derived form.
 */
export function recordsOf<Shape extends z.ZodRawShape>(
  table: string,
  key: string,
  record: z.ZodObject<Shape>,
  readers: Readers<Shape> = {},
): Records<z.output<z.ZodObject<Shape>>> {
  type Entry = z.output<z.ZodObject<Shape>>
  const names = Object.keys(record.shape)
  const describe = () => {
    const columns = names.map((name) => [name, readers[name] ?? columnOf(record.shape[name])])
    // The compiler can't derive columns from a schema. The contract tests of the stores check both directions.
    return z.object(Object.fromEntries(columns)) as unknown as z.ZodType<Entry>
  }
  return {
    ...rowsOf(table, key, describe),
    columnsOf(entry) {
      const written: { [name: string]: Value } = {}
      for (const name of names) written[name] = stored(entry[name as keyof Entry])
      return written as Columns<Entry>
    },
  }
}

function columnOf(schema: unknown): z.ZodType {
  if (schema instanceof z.ZodOptional) return maybe(columnOf(schema.unwrap()))
  if (schema instanceof z.ZodBoolean) return flag
  if (schema instanceof z.ZodString || schema instanceof z.ZodNumber) return schema
  if (schema instanceof z.ZodEnum || schema instanceof z.ZodLiteral) return schema
  const isJson = [z.ZodObject, z.ZodArray, z.ZodRecord, z.ZodCustom].some((type) => schema instanceof type)
  if (isJson && schema instanceof z.ZodType) return json(schema)
  throw new Error('No column follows from this schema: pass a reader for it')
}

function stored(value: unknown): Value {
  if (typeof value === 'string' || typeof value === 'number') return value
  if (typeof value === 'boolean') return Number(value)
  return value === undefined || value === null ? null : JSON.stringify(value)
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
