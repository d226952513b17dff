import { randomBytes } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

const texts = ['reference', 'agent_id', 'purpose', 'denial']
const times = ['ended_at', 'rejected_at', 'sent_at']

/** Details of a transaction for agents: its reference, its purpose, when it ended and why. */
export const verifications: Migration = {
  async up(db: Kysely<unknown>) {
    for (const name of texts) await db.schema.alterTable('transactions').addColumn(name, 'text').execute()
    for (const name of times) await db.schema.alterTable('transactions').addColumn(name, 'bigint').execute()
    await nameThoseThere(db)
    await db.schema
      .createIndex('transactions_reference')
      .on('transactions')
      .columns(['realm', 'reference'])
      .unique()
      .execute()
    await db.schema
      .createIndex('transactions_newest')
      .on('transactions')
      .columns(['realm', 'created_at', 'reference'])
      .execute()
    await db.schema
      .createIndex('transactions_of_agent')
      .on('transactions')
      .columns(['realm', 'agent_id', 'created_at', 'reference'])
      .execute()
  },
}

async function nameThoseThere(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<{ id_hash: string }>`select id_hash from transactions`.execute(db)
  for (const { id_hash } of rows) {
    const reference = randomBytes(4).toString('hex').toUpperCase()
    await sql`update transactions set reference = ${reference} where id_hash = ${id_hash}`.execute(db)
  }
}
