import { z } from 'zod'
import type { DatabaseFigures } from '../telemetry/metrics/gauges.ts'
import type { Database } from './database.ts'
import { query } from './query.ts'

type None = Record<string, never>

const lastBackup = query<None>((db) => db.selectFrom('backups').select('madeAt as at'))

const unsent = (table: 'mails' | 'calls') =>
  query<None>((db) =>
    db
      .selectFrom(table)
      .select('createdAt as at')
      .where('failedAt', 'is', null)
      .orderBy('createdAt')
      .limit(1),
  )

/** Each reads the first entry of an index. */
export const oldest = {
  mails: unsent('mails'),
  calls: unsent('calls'),
  messages: query<None>((db) =>
    db
      .selectFrom('messages')
      .select('createdAt as at')
      .where('state', '=', 'queued')
      .orderBy('createdAt')
      .limit(1),
  ),
}

const timeSchema = z.object({ at: z.number() })

/** Reads a few rows, however many there are. */
export async function databaseFigures(database: Database): Promise<DatabaseFigures> {
  const timeOf = async (time: typeof lastBackup) => {
    const [row] = await database.read(time({}))
    return row && timeSchema.parse(row).at
  }
  const [bytes, lastBackupAt, mails, calls, messages] = await Promise.all([
    database.bytes(),
    timeOf(lastBackup),
    timeOf(oldest.mails),
    timeOf(oldest.calls),
    timeOf(oldest.messages),
  ])
  return { bytes, lastBackupAt, oldestUnsent: { mails, calls, messages } }
}
