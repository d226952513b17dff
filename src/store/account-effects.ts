import type { AccountEffects } from '../people/account-changes/account-effects.ts'
import { insertWaiting } from './audit.ts'
import { insertMail } from './mails.ts'
import { query, type Statement } from './query.ts'
import type { CallTable } from './tables.ts'

/** `keptSession` and `keptApproval` are hashes. An empty string keeps no session. */
const endSessions = query<{
  realm: string
  identityId: string
  keptSession: string
  keptApproval: string
}>((db, $) =>
  db
    .deleteFrom('sessions')
    .where('realm', '=', $.realm)
    .where('identityId', '=', $.identityId)
    .where('tokenHash', '<>', $.keptSession)
    .where((eb) => eb.or([eb('approvalHash', 'is', null), eb('approvalHash', '<>', $.keptApproval)])),
)

/** Never moves the time back, because the clocks of servers differ. */
const noteEnd = query<{ realm: string; identityId: string; endedAt: number }>((db, $) =>
  db
    .updateTable('identities')
    .set({ sessionsEndedAt: $.endedAt })
    .where('id', '=', $.identityId)
    .where('realm', '=', $.realm)
    .where((eb) => eb.or([eb('sessionsEndedAt', 'is', null), eb('sessionsEndedAt', '<', $.endedAt)])),
)

/** Inserts nothing if the session is already gone, because its end has queued its calls. */
const callForSession = query<Omit<CallTable, 'problem' | 'failedAt'> & { tokenHash: string }>((db, $) =>
  db
    .insertInto('calls')
    .columns(['id', 'realm', 'about', 'source', 'body', 'attempts', 'createdAt', 'dueAt'])
    .expression((eb) =>
      eb
        .selectFrom('sessions')
        .select((column) => [
          column.cast<string>(column.val($.id), 'text').as('id'),
          column.cast<string>(column.val($.realm), 'text').as('realm'),
          column.cast<string>(column.val($.about), 'text').as('about'),
          column.cast<string>(column.val($.source), 'text').as('source'),
          column.cast<string>(column.val($.body), 'text').as('body'),
          column.cast<number>(column.val($.attempts), 'integer').as('attempts'),
          column.cast<number>(column.val($.createdAt), 'bigint').as('createdAt'),
          column.cast<number>(column.val($.dueAt), 'bigint').as('dueAt'),
        ])
        .where('sessions.tokenHash', '=', $.tokenHash),
    ),
)

/** Ends the sessions, and saves the notices and everything else that belongs to the change. */
export function accountEffects(effects: AccountEffects): Statement[] {
  const { realm, identityId, endedAt, keptSession = '', keptApproval = '' } = effects
  const { calls, mails, auditEntries } = effects
  return [
    ...calls.map(({ tokenHash, call }) => callForSession({ ...call, tokenHash })),
    // rule S13: otherwise sessions survive every change of the account
    endSessions({ realm, identityId, keptSession, keptApproval }),
    // rule S13: otherwise a change of the account does not record its time
    noteEnd({ realm, identityId, endedAt }),
    ...mails.map(insertMail),
    ...insertWaiting(auditEntries),
  ]
}
