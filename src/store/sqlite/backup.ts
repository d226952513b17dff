import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { OperationError } from '../../base/errors.ts'
import type { BackupSource, BackupTarget, RawRow } from '../backup/ends.ts'
import { fillingOrder } from '../backup/filling-order.ts'
import { kyselyTarget } from '../backup/kysely-target.ts'
import { lockFile } from './lock-file.ts'
import { migrationDialect } from './migration-dialect.ts'
import { operationError } from './operation-error.ts'
import { privateFile } from './private-file.ts'

/**
 * The database of a data folder at this moment. A server can continue to use it.
 * @throws OperationError if there is none.
 */
export async function sqliteSource(folder: string): Promise<BackupSource> {
  const file = join(folder, 'sidegate.db')
  if (!existsSync(file)) throw new OperationError(`There is no database in ${folder}`)
  const raw = new DatabaseSync(file, { readOnly: true, timeout: 5000 })
  try {
    return { ...sourceOn(raw), record: async (at) => recordBackup(file, at) }
  } catch (error) {
    raw.close()
    throw operationError(`The database ${file} cannot be backed up`, error)
  }
}

function sourceOn(raw: DatabaseSync): Omit<BackupSource, 'record'> {
  // The first read fixes the snapshot for all later reads.
  raw.exec('begin')
  const names = (query: string) =>
    raw
      .prepare(query)
      .all()
      .map(({ name }) => String(name))
  const [migration = ''] = names('select name from kysely_migration order by name desc limit 1')
  return {
    migration,
    tables: fillingOrder(names("select name from sqlite_schema where type = 'table'")),
    async *rows(table) {
      for (const row of raw.prepare(`select * from "${table}"`).iterate()) yield row as RawRow
    },
    close: async () => raw.close(),
  }
}

/** A server may be writing, so this waits for its commit. */
function recordBackup(file: string, at: number): void {
  const raw = new DatabaseSync(file, { timeout: 5000 })
  try {
    raw.exec('pragma synchronous = FULL')
    raw
      .prepare(
        'insert into backups (id, made_at) values (1, ?) on conflict (id) do update set made_at = excluded.made_at',
      )
      .run(at)
  } finally {
    raw.close()
  }
}

/** @throws OperationError if a server uses the folder. */
export async function sqliteTarget(folder: string): Promise<BackupTarget> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const lock = lockFile(privateFile(folder, 'server.lock'))
  const raw = new DatabaseSync(privateFile(folder, 'sidegate.db'))
  raw.exec('pragma journal_mode = WAL; pragma synchronous = FULL; pragma foreign_keys = ON')
  return kyselyTarget({
    dialect: migrationDialect(raw),
    failed: operationError,
    async close() {
      raw.close()
      lock.release()
    },
  })
}
