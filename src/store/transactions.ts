import {
  isGone,
  mergeNotification,
  type Transaction,
  type TransactionChange,
} from '../help-desk/transactions/transaction.ts'
import type { TransactionStore } from '../help-desk/transactions/transaction-store.ts'
import { callAtEnd, removeOldCallsAtEnd, scheduleAtEnd } from './calls-at-end.ts'
import type { Database } from './database.ts'
import { deleteInBatches } from './delete-in-batches.ts'
import { enqueueNewest } from './deliveries.ts'
import { insertMail } from './mails.ts'
import { guarded, type Statement } from './query.ts'
import { appended } from './transaction-events.ts'
import { countOpen, listTransactions } from './transaction-lists.ts'
import { eventRows as events, rowOf, transactionRows as transactions } from './transaction-rows.ts'
import * as statements from './transaction-statements.ts'

/** Applies a change. Refused as `transaction` if a `complete` came too late. */
export function changeTransaction(change: TransactionChange): Statement<'transaction'>[] {
  if (change.kind === 'create') return created(change)
  const { idHash, now } = change
  const append = [statements.appendChange({ idHash, now }), ...enqueueNewest(idHash, now)]
  switch (change.kind) {
    case 'start':
      return [statements.start({ idHash, now }), ...append]
    case 'complete': {
      const sessionProperties = JSON.stringify(change.sessionProperties)
      const complete = statements.complete({ idHash, now, result: 'APPROVED', sessionProperties })
      return [guarded(complete, 'transaction'), ...append, ...callAtEnd(idHash, now)]
    }
    case 'deny':
      return [
        statements.complete({ idHash, now, result: 'DENIED', sessionProperties: '{}' }),
        ...append,
        ...callAtEnd(idHash, now),
      ]
    case 'cancel':
      return [statements.cancel({ idHash, now }), ...append, ...callAtEnd(idHash, now)]
    case 'alsoChecked':
      return noted(change, { agent: change.agent })
    case 'signInFailed':
      return noted(change, { reason: change.reason })
    case 'wrongPerson': {
      const moved = change.isFinal
        ? statements.deny({ idHash, now, denial: 'wrongPerson' })
        : statements.count({ idHash, now })
      return [
        moved,
        appended({ idHash, now, kind: 'wrongPerson' }),
        ...enqueueNewest(idHash, now),
        ...callAtEnd(idHash, now),
      ]
    }
  }
}

/** An event that keeps the state. */
function noted({ idHash, now, kind }: Exclude<TransactionChange, { kind: 'create' }>, data: object) {
  return [statements.count({ idHash, now }), appended({ idHash, now, kind, data })]
}

function created({
  transaction,
  callAtEnd: call,
}: Extract<TransactionChange, { kind: 'create' }>): Statement[] {
  const owed = call === undefined ? [] : [scheduleAtEnd(transaction.idHash, call)]
  return [statements.insert(rowOf(transaction)), ...owed]
}

/** Stores backchannel transactions in SQL. */
export function transactionStore(database: Database): TransactionStore {
  const read = (idHash: string) => transactions.one(database, statements.byId({ idHash }))

  const isSaved = async (unit: readonly Statement<'transaction'>[]) =>
    (await database.write(unit)).kind === 'saved'

  return {
    read,
    byReference: (realm, reference) =>
      transactions.one(database, statements.byReference({ realm, reference })),
    list: (filter) => listTransactions(database, filter),
    openAbout: (realm, subjectId, now) =>
      transactions.all(database, statements.openAbout({ realm, subjectId, now })),
    countOpen: (now) => countOpen(database, now),
    eventsAfter: (idHash, sequence) => events.all(database, statements.eventsAfter({ idHash, sequence })),
    async notify(idHash, key, data, now) {
      // Ends, because each failed attempt means that another notification or change was saved.
      for (;;) {
        const earlier = await events.one(database, statements.eventByKey({ idHash, key }))
        if (earlier !== undefined) return earlier.sequence
        const existing = await read(idHash)
        if (existing === undefined || isGone(existing, now) || existing.state === 'COMPLETED')
          return undefined
        const saved = await database.write(appendNotification(existing, key, data, now))
        if (saved.kind === 'saved') return existing.sequence + 1
      }
    },
    apply: (changes) => isSaved(changes.flatMap(changeTransaction)),
    cancel: (idHash, now) =>
      isSaved([
        guarded(statements.cancel({ idHash, now }), 'transaction'),
        statements.appendChange({ idHash, now }),
        ...enqueueNewest(idHash, now),
        ...callAtEnd(idHash, now),
      ]),
    async reject(idHash, beginsPause, now, reason = 'notMe') {
      const change = { idHash, pauseLifted: beginsPause ? null : 1, now }
      const denial = [
        guarded(statements.reject({ ...change, denial: reason }), 'transaction'),
        appended({ idHash, now, kind: reason }),
        ...enqueueNewest(idHash, now),
        ...callAtEnd(idHash, now),
      ]
      if (await isSaved(denial)) return 'denied'
      const late = [
        guarded(statements.rejectLate(change), 'transaction'),
        appended({ idHash, now, kind: 'rejected', data: { reason } }),
        ...enqueueNewest(idHash, now),
      ]
      if (await isSaved(late)) return 'late'
      const existing = await read(idHash)
      return existing === undefined || isGone(existing, now) ? undefined : 'again'
    },
    confirm: (idHash, now) =>
      isSaved([
        guarded(statements.confirm({ idHash, now }), 'transaction'),
        appended({ idHash, now, kind: 'confirmed' }),
        ...enqueueNewest(idHash, now),
      ]),
    send: (idHash, { to, queued }, since, now) =>
      isSaved([
        guarded(statements.send({ idHash, since, now }), 'transaction'),
        appended({ idHash, now, kind: 'sent', data: { to } }),
        ...enqueueNewest(idHash, now),
        insertMail(queued),
      ]),
    async linkMailed(idHash, mail, isDelivered, now) {
      if ((await events.one(database, statements.eventByKey({ idHash, key: mail }))) !== undefined)
        return false
      return isSaved([
        guarded(statements.count({ idHash, now }), 'transaction'),
        appended({ idHash, now, kind: isDelivered ? 'mailDelivered' : 'mailFailed', key: mail }),
      ])
    },
    async deleteEndedContent(before) {
      await deleteInBatches(database, (limit) => removeOldCallsAtEnd({ before, limit }))
      return deleteInBatches(database, (limit) => statements.emptyEnded({ before, limit }))
    },
    // Expiry counts as the end of completed transactions too, because they are readable until then.
    deleteEnded: (before) => deleteInBatches(database, (limit) => statements.removeEnded({ before, limit })),
  }
}

function appendNotification(
  existing: Transaction,
  key: string,
  data: Parameters<TransactionStore['notify']>[2],
  now: number,
): Statement<'sequence' | 'key'>[] {
  const { idHash } = existing
  const sequence = existing.sequence + 1
  const notificationData = JSON.stringify(mergeNotification(existing.notificationData, data))
  const event = { idHash, sequence, at: now, kind: 'notification', key, data: JSON.stringify(data) }
  return [
    guarded(
      statements.recordNotification({ idHash, readSequence: existing.sequence, sequence, notificationData }),
      'sequence',
    ),
    guarded(statements.insertNotification(event), 'key'),
  ]
}
