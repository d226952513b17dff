import { mkdirSync } from 'node:fs'
import { Kysely } from 'kysely'
import { OperationError } from '../../errors.ts'
import { singleServer } from '../cluster.ts'
import type { Database } from '../database.ts'
import { migrate } from '../migrations/migrate.ts'
import { type Connection, connect } from './connection.ts'
import { lockFile } from './lock-file.ts'
import { migrationDialect } from './migration-dialect.ts'
import { operationError } from './operation-error.ts'
import { privateFile } from './private-file.ts'
import { createWriter } from './writer.ts'

type Options = {
  now(): number
  /** Whether data needn't survive a crash. `prepared`: and has the newest version. */
  disposable: 'new' | 'prepared' | undefined
}

/**
 * Opens the SQLite database of a data folder, creates it if it doesn't exist, and migrates it to the newest version.
 * @throws OperationError if another server uses the folder.
 */
export async function openSqlite(folder: string, options: Options): Promise<Database> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const lock = lockFile(privateFile(folder, 'server.lock'))
  try {
    return await openFile(privateFile(folder, 'sidegate.db'), lock.release, options)
  } catch (error) {
    lock.release()
    throw error
  }
}

async function openFile(file: string, release: () => void, options: Options): Promise<Database> {
  const writing = connectTo(file)
  // Commits don't wait for the disk.
  if (options.disposable) writing.raw.exec('pragma synchronous = OFF')
  try {
    if (options.disposable !== 'prepared') {
      await migrate(new Kysely({ dialect: migrationDialect(writing.raw) }))
    }
  } catch (error) {
    writing.raw.close()
    throw error
  }
  const reading = connect(file, { isReadOnly: true })
  const writer = createWriter(writing)

  return {
    read(statement) {
      if (!reading.raw.isOpen) throw new OperationError('The database is closed')
      try {
        return reading.run(statement).rows
      } catch (cause) {
        throw operationError('The database did not answer', cause)
      }
    },
    write: writer.write,
    collect: writer.collect,
    writesTo: (table) => (writing.raw.isOpen ? writing.writesTo(table) : undefined),
    async scrub() {
      writing.raw.exec('VACUUM')
      writing.raw.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    },
    // One connection writes and one reads, and nothing waits for either of them.
    load: () => ({ used: 0, idle: 2, waiting: writer.waiting() }),
    cluster: singleServer(options.now),
    async close() {
      if (!reading.raw.isOpen) return
      writer.close()
      reading.raw.close()
      writing.raw.close()
      release()
    },
  }
}

function connectTo(file: string): Connection {
  try {
    return connect(file, { isReadOnly: false })
  } catch (cause) {
    throw operationError(`The database ${file} cannot be opened`, cause)
  }
}
