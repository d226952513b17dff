import { mkdirSync } from 'node:fs'
import { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import { migrate } from '../migrations/migrate.ts'
import { type Connection, connect } from './connection.ts'
import { databaseOn } from './database-on.ts'
import { lockFile } from './lock-file.ts'
import { migrationDialect } from './migration-dialect.ts'
import { operationError } from './operation-error.ts'
import { privateFile } from './private-file.ts'

/**
 * Opens the SQLite database of a data folder, creates it if it doesn't exist, and migrates it to the newest version.
 * @param now the clock. @throws OperationError if another server uses the folder.
 */
export async function openSqlite(folder: string, now: () => number): Promise<Database> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const lock = lockFile(privateFile(folder, 'server.lock'))
  try {
    return await openFile(privateFile(folder, 'sidegate.db'), lock.release, now)
  } catch (error) {
    lock.release()
    throw error
  }
}

async function openFile(file: string, release: () => void, now: () => number): Promise<Database> {
  const writing = connectTo(file)
  try {
    await migrate(new Kysely({ dialect: migrationDialect(writing.raw) }))
  } catch (error) {
    writing.raw.close()
    throw error
  }
  const reading = connect(file, { isReadOnly: true })
  return databaseOn({ writing, reading }, now, () => {
    reading.raw.close()
    writing.raw.close()
    release()
  })
}

function connectTo(file: string): Connection {
  try {
    return connect(file, { isReadOnly: false })
  } catch (cause) {
    throw operationError(`The database ${file} cannot be opened`, cause)
  }
}
