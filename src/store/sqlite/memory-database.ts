import type { StatementSync } from 'node:sqlite'
import { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import { migrate } from '../migrations/migrate.ts'
import { type Connection, connect } from './connection.ts'
import { databaseOn } from './database-on.ts'
import { migrationDialect } from './migration-dialect.ts'

/** A database in memory, for tests of journeys. It gets new content again and again, and keeps its prepared statements. */
export class MemoryDatabase {
  readonly #connection: Connection
  /** Deletes all rows of a table, by its name. */
  readonly #deletions: ReadonlyMap<string, StatementSync>
  /** Tables that have rows, by file. */
  readonly #filled = new Map<string, readonly string[]>()

  private constructor(connection: Connection) {
    const { raw } = connection
    const tables = raw
      .prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")
      .all()
      .map(({ name }) => String(name))
    this.#connection = connection
    this.#deletions = new Map(tables.map((name) => [name, raw.prepare(`delete from main."${name}"`)]))
  }

  static async create(): Promise<MemoryDatabase> {
    const connection = connect(':memory:', { isReadOnly: false })
    await migrate(new Kysely({ dialect: migrationDialect(connection.raw) }))
    return new MemoryDatabase(connection)
  }

  /** The last one must be closed. @param now the clock. */
  open(now: () => number): Database {
    return databaseOn({ writing: this.#connection, reading: this.#connection }, now, () => {})
  }

  /** A number that grows when a statement writes the table. */
  writesTo(table: string): number {
    return this.#connection.writesTo(table)
  }

  /** Replaces all content by that of a file that `saveTo` wrote. */
  fillFrom(file: string): void {
    const { raw } = this.#connection
    raw.prepare('attach ? as file').run(file)
    raw.exec('pragma foreign_keys = OFF; begin')
    for (const deletion of this.#deletions.values()) deletion.run()
    for (const table of this.#filledIn(file)) {
      raw.exec(`insert into main."${table}" select * from file."${table}"`)
    }
    raw.exec('commit; detach file; pragma foreign_keys = ON')
  }

  #filledIn(file: string): readonly string[] {
    const { raw } = this.#connection
    const hasRows = (table: string) =>
      raw.prepare(`select 1 from file."${table}" limit 1`).get() !== undefined
    const found = this.#filled.get(file) ?? [...this.#deletions.keys()].filter(hasRows)
    this.#filled.set(file, found)
    return found
  }

  /** Writes the content to a new file. */
  saveTo(file: string): void {
    this.#filled.delete(file)
    this.#connection.raw.prepare('vacuum into ?').run(file)
  }

  close(): void {
    this.#connection.raw.close()
  }
}
