import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { z } from 'zod'

const rowSchema = z.object({ id_hash: z.string(), purpose: z.string() })
const purposeSchema = z.object({ vouchForId: z.string().optional() }).catch({})

/**
 * The person vouched for as a column, so that a report of that person finds the check, and who lifted a pause, when and why. Few
 * checks ask for a vouch, so existing ones are updated one by one.
 */
export const reports: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('transactions').addColumn('vouch_for_id', 'text').execute()
    await db.schema.alterTable('transactions').addColumn('pause_lift', 'text').execute()
    const { rows } =
      await sql`select id_hash, purpose from transactions where purpose like '%vouchForId%'`.execute(db)
    for (const { id_hash, purpose } of z.array(rowSchema).parse(rows)) {
      const { vouchForId } = purposeSchema.parse(JSON.parse(purpose))
      if (vouchForId === undefined) continue
      await sql`update transactions set vouch_for_id = ${vouchForId} where id_hash = ${id_hash}`.execute(db)
    }
    await sql`create index transactions_vouched_for on transactions (realm, vouch_for_id)
      where vouch_for_id is not null`.execute(db)
  },
}
