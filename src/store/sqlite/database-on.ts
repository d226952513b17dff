import { stat } from 'node:fs/promises'
import { OperationError } from '../../base/errors.ts'
import { singleServer } from '../cluster.ts'
import type { Database } from '../database.ts'
import type { Connection } from './connection.ts'
import { operationError } from './operation-error.ts'
import { createWriter } from './writer.ts'

/** A database on open connections. They may be the same. @param closed called once, after the last commit. */
export function databaseOn(
  { writing, reading }: { writing: Connection; reading: Connection },
  now: () => number,
  closed: () => void,
): Database {
  const writer = createWriter(writing)
  const memory = { isShared: false }
  let isOpen = true
  return {
    read(statement) {
      if (!isOpen) throw new OperationError('The database is closed')
      try {
        return reading.run(statement).rows
      } catch (cause) {
        throw operationError('The database did not answer', cause)
      }
    },
    write: writer.write,
    collect: writer.collect,
    writesTo: writing.writesTo,
    memory: () => (isOpen ? memory : undefined),
    async scrub() {
      writing.raw.exec('VACUUM')
      writing.raw.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    },
    async bytes() {
      const file = writing.raw.location()
      return file === null ? {} : { database: await bytesOf(file), wal: await bytesOf(`${file}-wal`) }
    },
    // One connection writes and one reads, and nothing waits for either of them.
    load: () => ({ used: 0, idle: 2, waiting: writer.waiting() }),
    cluster: singleServer(now),
    async close() {
      if (!isOpen) return
      isOpen = false
      writer.close()
      closed()
    },
  }
}

/** SQLite deletes its log with the last connection. */
async function bytesOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  )
}
