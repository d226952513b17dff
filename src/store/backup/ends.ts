/** A row as stored: column names of the table, with values that JSON can represent. */
export type RawRow = Readonly<Record<string, unknown>>

/** A snapshot of a database, unaffected by later writes. */
export interface BackupSource {
  /** Name of the newest applied migration. */
  migration: string
  tables: readonly string[]
  rows(table: string): AsyncIterable<RawRow>
  /** Records that a backup was made at this time. Ends the snapshot. */
  record(at: number): Promise<void>
  close(): Promise<void>
}

/** An empty database, without tables. */
export interface BackupTarget {
  /** Creates the tables as of this migration, and deletes the rows that migrations insert. */
  prepare(migration: string): Promise<void>
  /**
   * Saves all or nothing, then migrates to the newest version. Rows come table by table.
   * @throws errors of the rows.
   */
  fill(tables: AsyncIterable<{ table: string; rows: readonly RawRow[] }>): Promise<void>
  close(): Promise<void>
}
