import type { Config } from '../config.ts'
import { openStores } from '../store/stores.ts'
import { UsageError } from './usage-error.ts'

/**
 * Migrates the database to this version. Servers do so when they start; run the command before that if the database user of the
 * servers may not change the schema.
 */
export async function migrateCommand(args: readonly string[], config: Config): Promise<string> {
  if (args.length > 0) throw new UsageError('migrate takes no arguments')
  const stores = await openStores(config)
  await stores.close()
  return 'The database is up to date.'
}
