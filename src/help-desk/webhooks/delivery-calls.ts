import type { Awaitable } from '../../base/work.ts'
import type { DueCall } from '../../outbox/call-outbox.ts'
import type { Sealer } from '../../secrets/seal.ts'
import type { Verification } from '../checks/verification.ts'
import type { Transaction, TransactionEvent } from '../transactions/transaction.ts'
import type { Delivery } from './delivery.ts'
import { payloadOf } from './payload.ts'
import { signatureHeaders } from './signature.ts'
import type { WebhookStore } from './webhook-store.ts'

type Parts = {
  store: Pick<WebhookStore, 'delivery' | 'read'>
  transactions: {
    read(idHash: string): Awaitable<Transaction | undefined>
    eventsAfter(idHash: string, sequence: number): Promise<TransactionEvent[]>
  }
  verifications: { read(idHash: string): Promise<Verification | undefined> }
  /** Decrypts webhook secrets. */
  sealer: Pick<Sealer, 'open'>
  now(): number
}

/**
 * Builds the call of a delivery when it is sent, because the signature contains the time and the webhook's URL can change.
 * @returns undefined if the webhook is disabled or deleted, or the check was deleted.
 */
export function deliveryCalls(parts: Parts): (deliveryId: string) => Promise<DueCall | undefined> {
  return async (id) => {
    const delivery = await parts.store.delivery(id)
    const webhook = delivery && (await parts.store.read(delivery.realm, delivery.receiver))
    if (delivery === undefined || webhook?.enabled !== true) return undefined
    const body = await bodyOf(parts, delivery)
    if (body === undefined) return undefined
    const signature = signatureHeaders({ id, body }, parts.sealer.open(webhook.secret), parts.now())
    const headers = { 'content-type': 'application/json', ...signature }
    const { transactionHash } = delivery
    return { call: { url: webhook.url, method: 'POST', headers, body }, transactionHash }
  }
}

async function bodyOf(
  { transactions, verifications }: Parts,
  delivery: Delivery,
): Promise<string | undefined> {
  const { transactionHash: idHash } = delivery
  if (idHash === undefined) return JSON.stringify(payloadOf(delivery))
  const [transaction, verification] = [await transactions.read(idHash), await verifications.read(idHash)]
  if (transaction === undefined || verification === undefined) return undefined
  const events = await transactions.eventsAfter(idHash, 0)
  return JSON.stringify(payloadOf(delivery, { transaction, verification, events }))
}
