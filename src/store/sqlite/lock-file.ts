import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { OperationError } from '../../base/errors.ts'

/**
 * Locks a data folder for this process. The lock is an operating system lock on an SQLite file that is never written,
 * so a killed process leaves nothing to clean up.
 */
export function lockFile(file: string): { release(): void } {
  const lock = new DatabaseSync(file, { timeout: 0 })
  try {
    // In memory, because the lock would otherwise create a journal file.
    lock.exec('pragma journal_mode = memory; begin exclusive')
  } catch (cause) {
    lock.close()
    throw new OperationError(`Another server is running on the data folder ${dirname(file)}`, { cause })
  }
  return { release: () => lock.close() }
}
