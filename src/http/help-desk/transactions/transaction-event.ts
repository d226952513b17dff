import type { Transaction, TransactionEvent } from '../../../help-desk/transactions/transaction.ts'
import { endingOf, endTimeOf } from '../../../help-desk/transactions/transaction-status.ts'
import type { NotificationFilter } from './notification-filter.ts'

/** An event in feeds and timelines: the name of the server-sent event and its data. */
export type ClientEvent = { name: string; data: { kind: string; sequence?: number; at: number } }

/** `kind` names the event. Events that change the state also contain the new state. */
export function eventForClients(event: TransactionEvent, filter: NotificationFilter): ClientEvent {
  const { sequence, at } = event
  switch (event.kind) {
    case 'state': {
      const { state, result } = event
      return { name: 'state', data: { ...{ kind: stateKind(event), sequence, at }, ...{ state, result } } }
    }
    case 'notMe':
    case 'calledMe':
    case 'notVouched': {
      const denied = { state: 'COMPLETED', result: 'DENIED' }
      return { name: 'state', data: { ...{ kind: event.kind, sequence, at }, ...denied } }
    }
    case 'reported':
    case 'wrongPerson': {
      const denied = event.isFinal ? { state: 'COMPLETED', result: 'DENIED' } : {}
      return { name: event.kind, data: { ...{ kind: event.kind, sequence, at }, ...denied } }
    }
    case 'notification':
      return { name: event.kind, data: { ...event, ...{ data: filter(event.data) } } }
    case 'offered':
      return { name: event.kind, data: { ...{ kind: event.kind, sequence, at }, ...{ to: event.to } } }
    case 'takenOver': {
      const { kind, agent, from } = event
      return { name: kind, data: { ...{ kind, sequence, at }, ...{ agent, from } } }
    }
    default:
      return { name: event.kind, data: event }
  }
}

/** The kind of a change of state. */
export function stateKind({ state, result }: Pick<Transaction, 'state' | 'result'>): string {
  if (state !== 'COMPLETED') return 'opened'
  return result === 'APPROVED' ? 'approved' : 'denied'
}

/** All events since the creation, including the expiry. */
export function timelineOf(
  transaction: Transaction,
  events: readonly TransactionEvent[],
  filter: NotificationFilter,
  now: number,
): ClientEvent['data'][] {
  const end = endingOf(transaction, now) === 'expired' ? endTimeOf(transaction, now) : undefined
  return [
    { kind: 'created', sequence: 0, at: transaction.createdAt },
    ...events.map((event) => eventForClients(event, filter).data),
    ...(end === undefined ? [] : [{ kind: 'expired', at: end }]),
  ]
}
