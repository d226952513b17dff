import type { Database } from './database.ts'
import type { Statement } from './query.ts'
import { countWritten } from './writes.ts'

const batchSize = 500

/** Deletes in small units, so that an overdue cleanup doesn't delay requests. @returns how many rows. */
export async function deleteInBatches(
  database: Database,
  batch: (limit: number) => Statement,
): Promise<number> {
  let forgotten = 0
  for (;;) {
    const affected = await countWritten(database, [batch(batchSize)])
    forgotten += affected
    if (affected < batchSize) return forgotten
  }
}
