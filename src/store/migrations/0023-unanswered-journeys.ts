import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** An index of journey sessions without an answer, which are kept for minutes. The query uses the same condition. */
export const unansweredJourneys: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create index journey_sessions_unanswered on journey_sessions (expires_at)
      where step = 1 and outcome = 'underway' and suspended_hash is null and transaction_hash is null`.execute(
      db,
    )
  },
}
