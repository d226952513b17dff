import { z } from 'zod'
import { deliverySchema } from '../help-desk/webhooks/delivery.ts'
import { type Webhook, webhookEvents } from '../help-desk/webhooks/webhook.ts'
import type { WebhookStore } from '../help-desk/webhooks/webhook-store.ts'
import type { Database } from './database.ts'
import { deleteInBatches } from './delete-in-batches.ts'
import * as statements from './delivery-statements.ts'
import { deleteWith, rowsWith } from './plain-statements.ts'
import { guarded, query } from './query.ts'
import { flag, json, recordsOf, rowsOf } from './rows.ts'
import type { WebhookTable } from './tables.ts'

const webhooks = rowsOf<Webhook>('receivers', 'id', () =>
  z
    .object({
      id: z.string(),
      realm: z.string(),
      url: z.string(),
      events: json(z.array(z.enum(webhookEvents))),
      isEnabled: flag,
      secret: z.string(),
      createdAt: z.number(),
    })
    .transform(({ isEnabled, ...receiver }) => ({ ...receiver, enabled: isEnabled })),
)

const deliveries = recordsOf('deliveries', 'id', deliverySchema)

const all = rowsWith('receivers', ['realm'], ['createdAt', 'id'])

const byId = rowsWith('receivers', ['realm', 'id'])

const save = query<WebhookTable>((db, $) =>
  db
    .insertInto('receivers')
    .values($)
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet({ url: $.url, events: $.events, isEnabled: $.isEnabled, secret: $.secret }),
    ),
)

const remove = deleteWith('receivers', ['realm', 'id'])

/** Stores webhooks and their deliveries in SQL. */
export function webhookStore(database: Database): WebhookStore {
  return {
    all: (realm) => webhooks.all(database, all({ realm })),
    read: (realm, id) => webhooks.one(database, byId({ realm, id })),
    async save({ enabled, events, ...receiver }) {
      const row = { ...receiver, events: JSON.stringify(events), isEnabled: Number(enabled) }
      await database.write([save(row)])
    },
    async remove(realm, id) {
      const removed = await database.write([
        guarded(remove({ realm, id }), 'absent'),
        statements.unqueueOf({ receiver: id }),
        statements.removeOf({ receiver: id }),
      ])
      return removed.kind === 'saved'
    },
    deliveries: ({ realm, receiver, state, after, limit }) =>
      deliveries.all(
        database,
        statements.listed({
          realm,
          receiver: receiver ?? null,
          state: state ?? null,
          beforeAt: after?.createdAt ?? Number.MAX_SAFE_INTEGER,
          beforeId: after?.id ?? '',
          limit,
        }),
      ),
    delivery: (id) => deliveries.one(database, statements.deliveryById({ id })),
    async enqueueTest(test, now) {
      await database.write([
        statements.insertDelivery({
          ...test,
          transactionHash: null,
          reference: null,
          event: 'test',
          sequence: null,
          at: now,
          createdAt: now,
          tries: 0,
          isDelivered: 0,
          lastStatus: null,
          lastTriedAt: null,
          data: null,
        }),
        statements.queueOne({ id: test.id, now }),
      ])
    },
    async sendAgain(realm, id, now) {
      const queued = await database.write([
        guarded(statements.startAnew({ realm, id }), 'absent'),
        statements.unqueue({ id }),
        statements.queueOne({ id, now }),
      ])
      return queued.kind === 'saved'
    },
    async enqueueExpired(since, now) {
      const owed = await database.write([
        statements.enqueueExpired({ since, now }),
        statements.queueExpired({ now }),
      ])
      return owed.kind === 'saved' ? (owed.results[0]?.affected ?? 0) : 0
    },
    deleteDeliveriesBefore: (before) =>
      deleteInBatches(database, (limit) => statements.removeOld({ before, limit })),
  }
}
