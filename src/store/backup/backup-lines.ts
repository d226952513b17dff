import { z } from 'zod'
import { OperationError } from '../../base/errors.ts'
import { parsedJson } from '../../base/json.ts'
import type { BackupSource, RawRow } from './ends.ts'

const format = 1

const headerSchema = z.object({
  sidegateBackup: z.literal(format),
  /** ISO 8601. */
  at: z.string(),
  migration: z.string(),
})

const linesSchema = z.union([
  z.strictObject({ table: z.string().regex(/^[a-z_]+$/), columns: z.array(z.string().regex(/^[a-z_]+$/)) }),
  z.array(z.union([z.string(), z.number(), z.null()])),
  z.strictObject({ end: z.number() }),
])

export type BackupHeader = z.infer<typeof headerSchema>

/** Rows per insert. */
const batchRows = 100

/** Writes a backup line by line: a header, for each table its columns and rows, and the number of rows. */
export async function* backupLines(source: BackupSource, now: number): AsyncGenerator<string> {
  const header: BackupHeader = {
    sidegateBackup: format,
    at: new Date(now).toISOString(),
    migration: source.migration,
  }
  yield line(header)
  let written = 0
  for (const table of source.tables) {
    let columns: string[] | undefined
    for await (const row of source.rows(table)) {
      if (columns === undefined) {
        columns = Object.keys(row)
        yield line({ table, columns })
      }
      yield line(columns.map((column) => row[column]))
      written++
    }
  }
  yield line({ end: written })
}

/** @throws OperationError if the line isn't a header, or is one of a newer version. */
export function readHeader(text: string | undefined): BackupHeader {
  const read = headerSchema.safeParse(parsedJson(text ?? ''))
  if (read.success) return read.data
  throw new OperationError('The file is not a backup of Sidegate, or is one of a newer version')
}

/**
 * Reads the rows after the header in batches.
 * @throws OperationError if a line is invalid or the end is missing, because a truncated backup must not be restored.
 */
export async function* readRows(
  lines: AsyncIterable<string>,
): AsyncGenerator<{ table: string; rows: RawRow[] }> {
  let current: { table: string; columns: string[] } | undefined
  let rows: RawRow[] = []
  let read = 0
  for await (const text of lines) {
    const content = parsedLine(text, read)
    if ('end' in content) {
      if (current !== undefined && rows.length > 0) yield { table: current.table, rows }
      if (content.end !== read) throw new OperationError('The backup is damaged: rows are missing')
      return
    }
    if (!Array.isArray(content)) {
      if (current !== undefined && rows.length > 0) yield { table: current.table, rows }
      current = content
      rows = []
      continue
    }
    if (current === undefined) throw damaged(read)
    const { columns } = current
    if (content.length !== columns.length) throw damaged(read)
    rows.push(Object.fromEntries(columns.map((column, at) => [column, content[at]])))
    read++
    if (rows.length < batchRows) continue
    yield { table: current.table, rows }
    rows = []
  }
  throw new OperationError('The backup is damaged: its end is missing')
}

function parsedLine(text: string, rows: number) {
  const read = linesSchema.safeParse(parsedJson(text))
  if (!read.success) throw damaged(rows)
  return read.data
}

const damaged = (rows: number) => new OperationError(`The backup is damaged after row ${rows}`)

const line = (content: object) => `${JSON.stringify(content)}\n`
