import { mkdirSync } from 'node:fs'
import { Kysely } from 'kysely'
import { OperationError } from '../../base/errors.ts'
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
  const lock = lockFile(filesOf(folder))
  try {
    return await openFile(privateFile(folder, 'sidegate.db'), lock.release, now)
  } catch (error) {
    lock.release()
    throw error
  }
}

/** @returns the path of the lock. @throws OperationError if this user can't write the folder. */
function filesOf(folder: string): string {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return privateFile(folder, 'server.lock')
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
    const reason = reasons[code] ?? (cause instanceof Error ? cause.message : String(cause))
    throw new OperationError(
      `The data folder ${folder} cannot be used: ${reason}. Let SIDEGATE_DATA name a folder that this user can write`,
      { cause },
    )
  }
}

/** Problems of folders, by their code. */
const reasons: Readonly<Record<string, string>> = {
  EROFS: 'its file system is read-only',
  EACCES: 'this user may not write it',
  EPERM: 'this user may not write it',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of its path is a file',
  EEXIST: 'it is a file',
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
