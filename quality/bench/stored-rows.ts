import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'

const tables = {
  journeySessions: 'journey_sessions',
  transactions: 'transactions',
  transactionEvents: 'transaction_events',
  auditRows: 'audit_rows',
} as const

/** Number of rows in tables that maintenance cleans up. */
export type Rows = Record<keyof typeof tables, number>

const countSchema = z.object({ count: z.number() })

/** Reads the database file while the server writes to it. */
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
