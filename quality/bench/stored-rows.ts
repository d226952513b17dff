import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'

const tables = {
  journeySessions: 'journey_sessions',
  transactions: 'transactions',
  transactionEvents: 'transaction_events',
  auditRows: 'audit_rows',
} as const

/** How many rows there are of what comes and goes. */
export type Rows = Record<keyof typeof tables, number>

const countSchema = z.object({ count: z.number() })

/** Counts in the file itself, beside the server that writes it. */
export function storedRows(folder: string): Rows {
  const database = new DatabaseSync(join(folder, 'sidegate.db'), { readOnly: true, timeout: 5000 })
  const rows = (table: string) =>
    countSchema.parse(database.prepare(`select count(*) as count from ${table}`).get()).count
  try {
    return {
      journeySessions: rows(tables.journeySessions),
      transactions: rows(tables.transactions),
      transactionEvents: rows(tables.transactionEvents),
      auditRows: rows(tables.auditRows),
    }
  } finally {
    database.close()
  }
}
