import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { OperationError } from '../../errors.ts'

/**
 * Takes the data folder of a lock file for this process. The lock is the operating system's, by way of an SQLite file
 * that is never written: a killed process leaves nothing behind that has to be cleaned up.
 */
export function lockFile(file: string): { release(): void } {
  const lock = new DatabaseSync(file, { timeout: 0 })
  try {
    // In memory, or else the lock would come with a journal file.
    lock.exec('pragma journal_mode = memory; begin exclusive')
  } catch (cause) {
    lock.close()
    throw new OperationError(`Another server is running on the data folder ${dirname(file)}`, { cause })
  }
  return { release: () => lock.close() }
}
