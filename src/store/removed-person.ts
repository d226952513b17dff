import { query, type Statement } from './query.ts'

type PersonKey = { realm: string; id: string }

/** Expired sessions stay until their logout webhooks are called. */
const expireSessions = query<PersonKey>((db, $) =>
  db
    .updateTable('sessions')
    .set({ maxSessionMinutes: 0, expiresAt: 0 })
    .where('realm', '=', $.realm)
    .where('identityId', '=', $.id),
)

const removeRecords = query<PersonKey>((db, $) =>
  db.deleteFrom('oauthRecords').where('realm', '=', $.realm).where('accountId', '=', $.id),
)

/** Ends the sessions, grants and tokens of a removed person. A new person can get the same id. */
export function endingsOf(person: PersonKey): Statement[] {
  return [expireSessions(person), removeRecords(person)]
}
