import { systemNow } from '../base/clock.ts'
import type { Config } from '../config.ts'
import { backUp, restore } from '../store/backup/backup.ts'
import { UsageError } from './usage-error.ts'

/**
 * `sidegate backup FILE`: writes the configured database to a file, also while servers use it.
 * @returns the text to print.
 * @throws OperationError.
 */
export async function backupCommand(args: readonly string[], config: Config): Promise<string> {
  const file = fileOf('backup', args)
  const isRecorded = await backUp(config, file, systemNow())
  const unrecorded = isRecorded ? '' : ' Metrics don’t show it, because the database couldn’t record it.'
  return `${file} contains the whole database. Its secrets are encrypted with the master key: keep that key somewhere else.${unrecorded}`
}

/**
 * `sidegate restore FILE`: loads a backup into the configured database, which must be new.
 * @returns the text to print.
 * @throws OperationError.
 */
export async function restoreCommand(args: readonly string[], config: Config): Promise<string> {
  const { at } = await restore(config, fileOf('restore', args))
  return `The database was restored to its state of ${at}. Start the server with the master key of that time.`
}

function fileOf(command: string, [file, ...more]: readonly string[]): string {
  if (file === undefined || more.length > 0) throw new UsageError(`sidegate ${command} FILE`)
  return file
}
