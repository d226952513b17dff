import type { DueCall } from '../../outbox/call-outbox.ts'
import type { Sealer } from '../../secrets/seal.ts'
import type { Verification } from '../checks/verification.ts'
import type { Transaction } from '../transactions/transaction.ts'
import type { Delivery } from './delivery.ts'
import { messageOf } from './message.ts'
import { signatureHeaders } from './signature.ts'
import type { WebhookStore } from './webhook-store.ts'

type Parts = {
  store: Pick<WebhookStore, 'delivery' | 'read'>
  transactions: { read(idHash: string): Promise<Transaction | undefined> }
  verifications: { read(idHash: string): Promise<Verification | undefined> }
  /** Opens the secrets of receivers. */
  sealer: Pick<Sealer, 'open'>
  now(): number
}

/**
 * Makes the call of a delivery when it is sent: its signature has the time in it, and its receiver may have moved.
 * @returns undefined when nobody is to be told any more: the receiver is switched off or gone, or the check is forgotten.
 */
export function deliveryCalls(parts: Parts): (deliveryId: string) => Promise<DueCall | undefined> {
  return async (id) => {
    const delivery = await parts.store.delivery(id)
    const receiver = delivery && (await parts.store.read(delivery.realm, delivery.receiver))
    if (delivery === undefined || receiver?.enabled !== true) return undefined
    const body = await bodyOf(parts, delivery)
    if (body === undefined) return undefined
    const signature = signatureHeaders({ id, body }, parts.sealer.open(receiver.secret), parts.now())
    const headers = { 'content-type': 'application/json', ...signature }
    const { transactionHash } = delivery
    return { call: { url: receiver.url, method: 'POST', headers, body }, transactionHash }
  }
}

async function bodyOf(
  { transactions, verifications }: Parts,
  delivery: Delivery,
): Promise<string | undefined> {
  const { transactionHash: idHash } = delivery
  if (idHash === undefined) return JSON.stringify(messageOf(delivery))
  const [transaction, verification] = [await transactions.read(idHash), await verifications.read(idHash)]
  if (transaction === undefined || verification === undefined) return undefined
  return JSON.stringify(messageOf(delivery, { transaction, verification }))
}
