import { z } from 'zod'
import { deliverySchema } from '../help-desk/webhooks/delivery.ts'
import { type Webhook, webhookEvents } from '../help-desk/webhooks/webhook.ts'
import type { WebhookStore } from '../help-desk/webhooks/webhook-store.ts'
import type { Database } from './database.ts'
import { deleteInBatches } from './delete-in-batches.ts'
import * as statements from './delivery-statements.ts'
import { deleteWith, rowsWith, upsertRow } from './plain-statements.ts'
import { guarded } from './query.ts'
import { flag, json, recordsOf, rowsOf } from './rows.ts'
import { countWritten, tryWrite, write } from './writes.ts'

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

const save = upsertRow('receivers', ['id'], ['url', 'events', 'isEnabled', 'secret'])

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
    remove: (realm, id) =>
      tryWrite(database, [
        guarded(remove({ realm, id }), 'absent'),
        statements.unqueueOf({ receiver: id }),
        statements.removeOf({ receiver: id }),
      ]),
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
    enqueueTest: (test, now) =>
      write(database, [
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
      ]),
    sendAgain: (realm, id, now) =>
      tryWrite(database, [
        guarded(statements.startAnew({ realm, id }), 'absent'),
        statements.unqueue({ id }),
        statements.queueOne({ id, now }),
      ]),
    enqueueExpired: (since, now) =>
      countWritten(database, [statements.enqueueExpired({ since, now }), statements.queueExpired({ now })]),
    deleteDeliveriesBefore: (before) =>
      deleteInBatches(database, (limit) => statements.removeOld({ before, limit })),
  }
}
