import { z } from 'zod'
import {
  isGone,
  mergeNotification,
  type Transaction,
  type TransactionChange,
  type TransactionEvent,
} from '../backchannel/transaction.ts'
import type { TransactionStore } from '../backchannel/transaction-store.ts'
import { jsonObjectSchema } from '../journey/json.ts'
import type { Database } from './database.ts'
import { forgetInBatches } from './forget-in-batches.ts'
import { guarded, type Statement } from './query.ts'
import { flag, json, jsonOrNull, maybe, rowsOf } from './rows.ts'
import * as statements from './transaction-statements.ts'

const state = z.enum(['CREATED', 'IN_PROGRESS', 'COMPLETED'])
const result = z.enum(['UNKNOWN', 'APPROVED', 'DENIED'])

const transactions = rowsOf<Transaction>(
  'transactions',
  'idHash',
  z.object({
    idHash: z.string(),
    realm: z.string(),
    journey: z.string(),
    state,
    result,
    isCancelled: flag,
    subject: maybe(json(z.object({ kind: z.enum(['user', 'agent']), id: z.string(), name: z.string() }))),
    data: json(jsonObjectSchema),
    notificationData: maybe(json(jsonObjectSchema)),
    sessionProperties: json(z.record(z.string(), z.string())),
    allowRetry: flag,
    trackingId: maybe(z.string()),
    auditTrackingId: z.string(),
    openedBy: json(z.object({ journeySession: maybe(z.string()), session: maybe(z.string()) })),
    createdAt: z.number(),
    expiresAt: z.number(),
    sequence: z.number(),
  }),
)

const numbered = z.object({ sequence: z.number(), at: z.number() })

const events = rowsOf<TransactionEvent>(
  'transaction_events',
  'idHash',
  z.discriminatedUnion('kind', [
    numbered.extend({ kind: z.literal('notification'), data: json(jsonObjectSchema) }),
    numbered.extend({ kind: z.literal('state'), state, result }),
    numbered.extend({ kind: z.literal('cancelled') }),
  ]),
)

/** Applies a change; refused as `transaction` when a `complete` came too late. */
export function changeTransaction(change: TransactionChange): Statement<'transaction'>[] {
  if (change.kind === 'create') return [insertTransaction(change.transaction)]
  const { idHash, now } = change
  const append = statements.appendChange({ idHash, now })
  switch (change.kind) {
    case 'start':
      return [statements.start({ idHash, now }), append]
    case 'complete': {
      const sessionProperties = JSON.stringify(change.sessionProperties)
      const complete = statements.complete({ idHash, now, result: 'APPROVED', sessionProperties })
      return [guarded(complete, 'transaction'), append]
    }
    case 'deny':
      return [statements.complete({ idHash, now, result: 'DENIED', sessionProperties: '{}' }), append]
    case 'cancel':
      return [statements.cancel({ idHash, now }), append]
  }
}

/** Backchannel transactions in SQL. */
export function transactionStore(database: Database): TransactionStore {
  const read = (idHash: string) => transactions.one(database, statements.byId({ idHash }))

  return {
    read,
    eventsAfter: (idHash, sequence) => events.all(database, statements.eventsAfter({ idHash, sequence })),
    async notify(idHash, key, data, now) {
      // Whoever loses a round lost it to one that was saved, so this ends.
      for (;;) {
        const earlier = await events.one(database, statements.notificationByKey({ idHash, key }))
        if (earlier !== undefined) return earlier.sequence
        const held = await read(idHash)
        if (held === undefined || isGone(held, now) || held.state === 'COMPLETED') return undefined
        const saved = await database.write(appendNotification(held, key, data, now))
        if (saved.kind === 'saved') return held.sequence + 1
      }
    },
    async apply(changes) {
      return (await database.write(changes.flatMap(changeTransaction))).kind === 'saved'
    },
    // A completed transaction answers until it expires, so that is when it ends; cancelled ones may wait as long.
    forget: (before) => forgetInBatches(database, (limit) => statements.removeEnded({ before, limit })),
  }
}

function appendNotification(
  held: Transaction,
  key: string,
  data: Parameters<TransactionStore['notify']>[2],
  now: number,
): Statement<'sequence' | 'key'>[] {
  const { idHash } = held
  const sequence = held.sequence + 1
  const notificationData = JSON.stringify(mergeNotification(held.notificationData, data))
  const event = { idHash, sequence, at: now, kind: 'notification', key, data: JSON.stringify(data) }
  return [
    guarded(
      statements.recordNotification({ idHash, held: held.sequence, sequence, notificationData }),
      'sequence',
    ),
    guarded(statements.insertNotification(event), 'key'),
  ]
}

function insertTransaction(transaction: Transaction): Statement {
  return statements.insert({
    idHash: transaction.idHash,
    realm: transaction.realm,
    journey: transaction.journey,
    state: transaction.state,
    result: transaction.result,
    isCancelled: Number(transaction.isCancelled),
    subject: jsonOrNull(transaction.subject),
    data: JSON.stringify(transaction.data),
    notificationData: jsonOrNull(transaction.notificationData),
    sessionProperties: JSON.stringify(transaction.sessionProperties),
    allowRetry: Number(transaction.allowRetry),
    trackingId: transaction.trackingId ?? null,
    auditTrackingId: transaction.auditTrackingId,
    openedBy: JSON.stringify({
      journeySession: transaction.openedBy.journeySession ?? null,
      session: transaction.openedBy.session ?? null,
    }),
    createdAt: transaction.createdAt,
    expiresAt: transaction.expiresAt,
    sequence: transaction.sequence,
  })
}
