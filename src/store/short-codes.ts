import { shortCodeSchema } from '../help-desk/short-codes/short-code.ts'
import type { ShortCodeStore } from '../help-desk/short-codes/short-code-store.ts'
import { openStates } from '../help-desk/transactions/transaction.ts'
import type { Database } from './database.ts'
import { deleteInBatches } from './delete-in-batches.ts'
import { deleteBefore, rowsWith } from './plain-statements.ts'
import { guarded, query } from './query.ts'
import { recordsOf } from './rows.ts'
import type { ShortCodeTable } from './tables.ts'
import { appended } from './transaction-events.ts'
import { isIn, note } from './transaction-statements.ts'
import { tryWrite } from './writes.ts'

const shortCodes = recordsOf('short_codes', 'idHash', shortCodeSchema)

type NewCode = Pick<ShortCodeTable, 'idHash' | 'channel' | 'mac' | 'link'> & { now: number }

/** Writes no row if the transaction is not open. */
const issue = query<NewCode>((db, $) =>
  db
    .insertInto('shortCodes')
    .columns(['idHash', 'realm', 'expiresAt', 'channel', 'mac', 'link'])
    .expression((eb) =>
      eb
        .selectFrom('transactions')
        .select(['idHash', 'realm', 'expiresAt'])
        .select((column) => [
          column.cast<string>(column.val($.channel), 'text').as('channel'),
          column.cast<string>(column.val($.mac), 'text').as('mac'),
          column.cast<string>(column.val($.link), 'text').as('link'),
        ])
        .where('idHash', '=', $.idHash)
        .where(isIn(openStates, $.now)),
    )
    .onConflict((conflict) =>
      conflict.columns(['idHash', 'channel']).doUpdateSet((eb) => ({
        // rule H21: otherwise a replaced short code keeps working
        mac: eb.ref('excluded.mac'),
        link: eb.ref('excluded.link'),
        expiresAt: eb.ref('excluded.expiresAt'),
        usedAt: null,
      })),
    ),
)

const byMac = rowsWith('shortCodes', ['mac'])

/** Works once. */
const use = query<{ idHash: string; mac: string; now: number }>((db, $) =>
  db
    .updateTable('shortCodes')
    .set({ usedAt: $.now })
    .where('mac', '=', $.mac)
    .where('idHash', '=', $.idHash)
    // rule H21: otherwise a short code works more than once
    .where('usedAt', 'is', null),
)

const removeExpired = deleteBefore('shortCodes', 'mac', 'expiresAt')

/** Stores short codes in SQL. */
export function shortCodeStore(database: Database): ShortCodeStore {
  return {
    issue: (code, now) => tryWrite(database, [guarded(issue({ ...code, now }), 'transaction')]),
    find: (mac) => shortCodes.one(database, byMac({ mac })),
    redeem: ({ idHash, channel, mac }, now) =>
      tryWrite(database, [
        guarded(use({ idHash, mac, now }), 'code'),
        // Also locks the row of the transaction, so that it can't end meanwhile.
        // rule H21: otherwise the short code of an ended check leads to its link
        guarded(note({ idHash, now }), 'transaction'),
        // rule H21: otherwise the agent does not see that a short code was used
        appended({ idHash, now, kind: 'shortCodeUsed', data: { channel } }),
      ]),
    deleteExpired: (before) => deleteInBatches(database, (limit) => removeExpired({ before, limit })),
  }
}
