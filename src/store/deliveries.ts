import type { JsonObject } from '../base/json.ts'
import type { WebhookEvent } from '../help-desk/webhooks/webhook.ts'
import type { CallAttempt } from '../outbox/call.ts'
import * as statements from './delivery-statements.ts'
import type { Statement } from './query.ts'

/**
 * Queues the newest event of a transaction for the webhooks that subscribe to it, if the transaction is a check.
 * Belongs to every unit that changes a transaction, after its event.
 */
export function enqueueNewest(idHash: string, now: number): Statement[] {
  return [statements.insertNewest({ idHash, now }), statements.queueOfCheck({ idHash, now })]
}

/** Queues the event that a check was created. Belongs to the unit that creates it, after all its rows. */
export function enqueueCreated(idHash: string, now: number): Statement[] {
  return [statements.insertCreated({ idHash, now }), statements.queueOfCheck({ idHash, now })]
}

/** Queues the event that a result was used. Belongs to the unit that uses it, after the use. */
export function enqueueUsed(idHash: string, now: number): Statement[] {
  return [statements.insertUsed({ idHash, now }), statements.queueOfCheck({ idHash, now })]
}

/** An event that belongs to no check. @param about identifies it. @param data for the payload. */
type EventOfRealm = { realm: string; event: WebhookEvent; about: string; data: JsonObject }

/** Queues an event that belongs to no check. Belongs to the unit that saves it. */
export function enqueueOfRealm({ realm, event, about, data }: EventOfRealm, now: number): Statement[] {
  return [
    statements.insertOfRealm({ realm, event, about, data: JSON.stringify(data), now }),
    statements.queueOfRealm({ realm, event, now }),
  ]
}

/** Records an attempt, if the call is a delivery. Belongs to the unit that removes or postpones the call. */
export function recordAttempt(id: string, { attempts, at, status, isMade }: CallAttempt): Statement {
  return statements.note({
    id,
    tries: attempts,
    isDelivered: Number(isMade),
    lastStatus: status ?? null,
    lastTriedAt: at,
  })
}

/** Ends a delivery without an attempt, if the call is one. Belongs to the unit that discards the call. */
export function recordDiscard(id: string): Statement {
  return statements.discarded({ id })
}
