import { endingOf, endOf } from '../../../help-desk/transactions/standing.ts'
import type { Transaction, TransactionEvent } from '../../../help-desk/transactions/transaction.ts'
import type { ShowNotification } from './notification-filter.ts'

/** An event as feeds and timelines show it: the name of the server-sent event, and what it says. */
export type ShownEvent = { name: string; data: { kind: string; sequence?: number; at: number } }

/** `kind` is the one word for what happened; events that change the state have the state besides. */
export function shownEvent(event: TransactionEvent, show: ShowNotification): ShownEvent {
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
    case 'wrongPerson': {
      const denied = event.isFinal ? { state: 'COMPLETED', result: 'DENIED' } : {}
      return { name: 'wrongPerson', data: { ...{ kind: 'wrongPerson', sequence, at }, ...denied } }
    }
    case 'notification':
      return { name: event.kind, data: { ...event, ...{ data: show(event.data) } } }
    default:
      return { name: event.kind, data: event }
  }
}

/** The word for a change of state. */
export function stateKind({ state, result }: Pick<Transaction, 'state' | 'result'>): string {
  if (state !== 'COMPLETED') return 'opened'
  return result === 'APPROVED' ? 'approved' : 'denied'
}

/** Everything from the beginning, the end by time included. */
export function timelineOf(
  transaction: Transaction,
  events: readonly TransactionEvent[],
  show: ShowNotification,
  now: number,
): ShownEvent['data'][] {
  const end = endingOf(transaction, now) === 'expired' ? endOf(transaction, now) : undefined
  return [
    { kind: 'created', sequence: 0, at: transaction.createdAt },
    ...events.map((event) => shownEvent(event, show).data),
    ...(end === undefined ? [] : [{ kind: 'expired', at: end }]),
  ]
}
