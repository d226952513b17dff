import type { Config } from '../config.ts'
import { backUp, restore } from '../store/backup/backup.ts'
import { UsageError } from './usage-error.ts'

/**
 * `sidegate backup FILE`: everything that the database of the settings keeps, while servers use it.
 * @returns what to say.
 * @throws OperationError.
 */
export async function backupCommand(args: readonly string[], config: Config): Promise<string> {
  const file = fileOf('backup', args)
  await backUp(config, file, Date.now())
  return `${file} has all of the database. What is sealed in it is opened by the master key alone: keep that elsewhere.`
}

/**
 * `sidegate restore FILE`: a backup into the database of the settings, which must be new.
 * @returns what to say.
 * @throws OperationError.
 */
export async function restoreCommand(args: readonly string[], config: Config): Promise<string> {
  const { at } = await restore(config, fileOf('restore', args))
  return `The database is as it was at ${at}. Start the server with the master key of that time.`
}

function fileOf(command: string, [file, ...more]: readonly string[]): string {
  if (file === undefined || more.length > 0) throw new UsageError(`sidegate ${command} FILE`)
  return file
}
