import { z } from 'zod'
import {
  isGone,
  mergeNotification,
  safeDisplayName,
  type Transaction,
  type TransactionChange,
} from '../help-desk/transactions/transaction.ts'
import type { ReportedTransactions, TransactionStore } from '../help-desk/transactions/transaction-store.ts'
import { callAtEnd, removeOldCallsAtEnd, scheduleAtEnd } from './calls-at-end.ts'
import type { Database } from './database.ts'
import { deleteInBatches } from './delete-in-batches.ts'
import { enqueueNewest } from './deliveries.ts'
import { insertMail } from './mails.ts'
import { insertMessage } from './messages.ts'
import { guarded, type Statement } from './query.ts'
import type { RecentTransactions } from './recent-transactions.ts'
import { appended } from './transaction-events.ts'
import { countOpen, listTransactions } from './transaction-lists.ts'
import {
  aboutPerson,
  eventRows as events,
  offereeOf,
  rowOf,
  transactionRows as transactions,
} from './transaction-rows.ts'
import * as statements from './transaction-statements.ts'
import * as about from './transactions-about.ts'

/** Applies a change. Rejected as `transaction` if a `complete` came too late. */
export function changeTransaction(change: TransactionChange): Statement<'transaction'>[] {
  if (change.kind === 'create') return created(change)
  const { idHash, now } = change
  const moment = { idHash, now }
  switch (change.kind) {
    case 'start':
      return changed(statements.start(moment), moment)
    case 'complete': {
      const { reportedAfter } = change
      const sessionProperties = JSON.stringify(change.sessionProperties)
      const approval = statements.approve({ ...moment, sessionProperties, reportedAfter })
      return ended(guarded(approval, 'transaction'), moment)
    }
    case 'deny':
      return ended(statements.deny({ ...moment, denial: null }), moment)
    case 'cancel':
      return ended(cancelled(moment, change.agentId), moment)
    case 'alsoChecked':
      return [
        statements.note(moment),
        appended({ ...moment, kind: 'alsoChecked', data: { agent: change.agent } }),
      ]
    case 'signInFailed':
      return [
        statements.note(moment),
        appended({ ...moment, kind: 'signInFailed', data: { reason: change.reason } }),
      ]
    case 'wrongPerson': {
      const event = appended({ ...moment, kind: 'wrongPerson' })
      return change.isFinal
        ? ended(statements.deny({ ...moment, denial: 'wrongPerson' }), moment, event)
        : changed(statements.note(moment), moment, event)
    }
  }
}

/** An update, its event, and the deliveries of the event. */
function changed(
  update: Statement<'transaction'>,
  moment: statements.Moment,
  event = statements.appendChange(moment),
): Statement<'transaction'>[] {
  return [update, event, ...enqueueNewest(moment.idHash, moment.now)]
}

/** The same for an update that ends the transaction, with the call that waits for the end. */
function ended(...change: Parameters<typeof changed>): Statement<'transaction'>[] {
  const { idHash, now } = change[1]
  return [...changed(...change), ...callAtEnd(idHash, now)]
}

const noOthers = { open: [], usable: [] } as const

/** All rows that a report changes, in one order, so that two reports about one person don't wait for each other. */
function locksOf(idHash: string, { open, usable }: ReportedTransactions): Statement[] {
  const others = [...open, ...usable]
  if (others.length === 0) return []
  return [...others, idHash].toSorted().map((each) => statements.lock({ idHash: each }))
}

/** Ends the other open transactions about a person who reports an attack, and tells those with a usable result. */
function reportedTo({ open, usable }: ReportedTransactions, now: number): Statement<'transaction'>[] {
  const event = (idHash: string) => appended({ idHash, now, kind: 'reported' })
  return [
    ...open.flatMap((idHash) =>
      ended(statements.deny({ idHash, now, denial: 'reported' }), { idHash, now }, event(idHash)),
    ),
    // Open ones may have been approved since they were read, and then be in both lists.
    ...[...new Set([...open, ...usable])].flatMap((idHash) =>
      changed(statements.noteResult({ idHash }), { idHash, now }, event(idHash)),
    ),
  ]
}

function cancelled(moment: statements.Moment, agentId: string | undefined): Statement {
  // rule H24: otherwise the journey of a former agent cancels the check of the new one
  return agentId === undefined ? statements.cancel(moment) : statements.cancelOwn({ ...moment, agentId })
}

function created({
  transaction,
  callAtEnd: call,
}: Extract<TransactionChange, { kind: 'create' }>): Statement[] {
  const owed = call === undefined ? [] : [scheduleAtEnd(transaction.idHash, call)]
  return [statements.insert(rowOf(transaction)), ...owed]
}

/**
 * Stores backchannel transactions in SQL.
 * @param recent answers reads from memory, if this process is the only one that changes the database.
 */
export function transactionStore(database: Database, recent?: RecentTransactions): TransactionStore {
  const stored = (idHash: string) => transactions.oneNow(database, statements.byId({ idHash }))
  const read = (idHash: string) =>
    recent === undefined ? stored(idHash) : recent.read(idHash, () => stored(idHash))

  const isSaved = async (unit: readonly Statement<'transaction'>[]) =>
    (await database.write(unit)).kind === 'saved'

  return {
    read,
    byReference: (realm, reference) =>
      transactions.one(database, statements.byReference({ realm, reference })),
    list: (filter) => listTransactions(database, filter),
    openAbout: (realm, personId, now) =>
      transactions.all(database, about.openAbout({ realm, personId, now })),
    async usableAbout(realm, personId, now) {
      const rows = await database.read(about.usableAbout({ realm, personId, now }))
      return z
        .array(z.object({ idHash: z.string() }))
        .parse(rows)
        .map(({ idHash }) => idHash)
    },
    newestAbout: (realm, personId, since, limit) =>
      aboutPerson.all(database, about.newestAbout({ realm, personId, since, limit })),
    countOpen: (now) => countOpen(database, now),
    eventsAfter: (idHash, sequence) => events.all(database, statements.eventsAfter({ idHash, sequence })),
    async notify(idHash, key, data, now) {
      // Ends, because each failed attempt means that another notification or change was saved.
      for (;;) {
        const existing = await read(idHash)
        // Read later than the transaction, which the same notification could have been the last one to change.
        const earlier = await events.one(database, statements.eventByKey({ idHash, key }))
        if (earlier !== undefined) return earlier.sequence
        if (existing === undefined || isGone(existing, now) || existing.state === 'COMPLETED')
          return undefined
        const saved = await database.write(appendNotification(existing, key, data, now))
        if (saved.kind === 'saved') return existing.sequence + 1
      }
    },
    apply: (changes) => isSaved(changes.flatMap(changeTransaction)),
    cancel: (idHash, now) =>
      isSaved(ended(guarded(statements.cancel({ idHash, now }), 'transaction'), { idHash, now })),
    async reject(idHash, beginsPause, now, reason = 'notMe', others = noOthers) {
      const moment = { idHash, now }
      const rejected = { ...moment, pauseLifted: beginsPause ? null : 1 }
      const locks = locksOf(idHash, others)
      const reported = reportedTo(others, now)
      const denial = guarded(statements.reject({ ...rejected, denial: reason }), 'transaction')
      const denied = ended(denial, moment, appended({ ...moment, kind: reason }))
      if (await isSaved([...locks, ...denied, ...reported])) return 'denied'
      const late = guarded(statements.rejectLate(rejected), 'transaction')
      const event = appended({ ...moment, kind: 'rejected', data: { reason } })
      if (await isSaved([...locks, ...changed(late, moment, event), ...reported])) return 'late'
      const existing = await read(idHash)
      return existing === undefined || isGone(existing, now) ? undefined : 'again'
    },
    see(idHash, now) {
      const moment = { idHash, now }
      const see = guarded(statements.see(moment), 'transaction')
      return isSaved([statements.lock({ idHash }), see, appended({ ...moment, kind: 'viewed' })])
    },
    confirm(idHash, now) {
      const moment = { idHash, now }
      const confirm = guarded(statements.confirm(moment), 'transaction')
      return isSaved(changed(confirm, moment, appended({ ...moment, kind: 'confirmed' })))
    },
    offer(idHash, agentId, to, now) {
      const moment = { idHash, now }
      const offer = statements.offer({
        ...moment,
        agentId,
        offer: JSON.stringify({ to, at: now }),
        offeredTo: offereeOf(to),
      })
      const data = { to: to && safeDisplayName(to), toId: to === null ? null : to.id }
      return isSaved(
        changed(guarded(offer, 'transaction'), moment, appended({ ...moment, kind: 'offered', data })),
      )
    },
    withdrawOffer(idHash, agentId, now) {
      const moment = { idHash, now }
      const withdrawal = guarded(statements.withdrawOffer({ ...moment, agentId }), 'transaction')
      return isSaved(changed(withdrawal, moment, appended({ ...moment, kind: 'offerWithdrawn' })))
    },
    takeOver(idHash, { from, to, isOffered }, now) {
      const moment = { idHash, now }
      const take = isOffered ? statements.acceptOffer : statements.takeOver
      const takeover = take({ ...moment, agentId: from.id, assignee: JSON.stringify(to), assigneeId: to.id })
      const data = { agent: safeDisplayName(to), from: safeDisplayName(from), fromId: from.id }
      const event = appended({ ...moment, kind: 'takenOver', data })
      return isSaved(changed(guarded(takeover, 'transaction'), moment, event))
    },
    readRejection(idHash, by, as, now) {
      const read = as === 'agent' ? statements.readAsAgent : statements.readAsLead
      const reading = read({ idHash, now, by: JSON.stringify(by), readerId: by.id })
      return isSaved([guarded(reading, 'transaction')])
    },
    send(idHash, { to, queued }, since, now) {
      const moment = { idHash, now }
      const sent = guarded(statements.send({ ...moment, since }), 'transaction')
      const event = appended({ ...moment, kind: 'sent', data: { to } })
      return isSaved([...changed(sent, moment, event), insertMail(queued)])
    },
    sendMessage(idHash, { to, channel, queued }, since, now) {
      const moment = { idHash, now }
      const sent = guarded(statements.sendMessage({ ...moment, since }), 'transaction')
      const event = appended({ ...moment, kind: 'sent', data: { to, channel, message: queued.id } })
      return isSaved([...changed(sent, moment, event), insertMessage(queued)])
    },
    async linkMailed(idHash, mail, isDelivered, now) {
      if ((await events.one(database, statements.eventByKey({ idHash, key: mail }))) !== undefined)
        return false
      return isSaved([
        guarded(statements.note({ idHash, now }), 'transaction'),
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
): Statement<'transaction' | 'event'>[] {
  const { idHash } = existing
  const sequence = existing.sequence + 1
  const notificationData = JSON.stringify(mergeNotification(existing.notificationData, data))
  return [
    guarded(statements.recordNotification({ idHash, sequence, notificationData }), 'transaction'),
    guarded(appended({ idHash, now, kind: 'notification', key, data }), 'event'),
  ]
}
