/** A row as the database has it: columns by the names of the tables, values that JSON can hold. */
export type RawRow = Readonly<Record<string, unknown>>

/** A database as it was at one moment, whatever is written to it meanwhile. */
export interface BackupSource {
  /** The newest migration that it has had. */
  migration: string
  tables: readonly string[]
  rows(table: string): AsyncIterable<RawRow>
  close(): Promise<void>
}

/** A database that has nothing in it, not even tables. */
export interface BackupTarget {
  /** Makes the tables as they were after this migration, and takes out what migrations put in. */
  prepare(migration: string): Promise<void>
  /**
   * Saves all or nothing, then brings the database to the newest migration. Rows come table by table.
   * @throws what the rows throw.
   */
  fill(tables: AsyncIterable<{ table: string; rows: readonly RawRow[] }>): Promise<void>
  close(): Promise<void>
}
