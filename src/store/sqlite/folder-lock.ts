import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { OperationError } from '../../errors.ts'

/**
 * Takes a data folder for this process. The lock is the operating system's, by way of an SQLite file that is never
 * written: a killed process leaves nothing behind that has to be cleaned up.
 */
export function lockFolder(folder: string): { release(): void } {
  const lock = new DatabaseSync(join(folder, 'server.lock'), { timeout: 0 })
  try {
    lock.exec('begin exclusive')
  } catch (cause) {
    lock.close()
    throw new OperationError(`Another server is running on the data folder ${folder}`, { cause })
  }
  return { release: () => lock.close() }
}
