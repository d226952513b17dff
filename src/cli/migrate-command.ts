import type { Config } from '../config.ts'
import { openStores } from '../store/stores.ts'

/**
 * Brings the database to the version of this program, and ends. Servers do so themselves when they start; whoever gives
 * servers less rights than this needs does it beforehand.
 */
export async function migrateCommand(config: Config): Promise<string> {
  const stores = await openStores(config)
  await stores.close()
  return 'The database is up to date.'
}
