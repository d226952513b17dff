import type { QueuedCall } from '../outbox/call.ts'
import { deleteBefore, insertRow } from './plain-statements.ts'
import { query, type Statement } from './query.ts'

const insert = insertRow('callsAtEnd')

type Ended = { transactionHash: string; now: number }

/** Queues the call of a transaction that has ended. */
const makeDue = query<Ended>((db, $) =>
  db
    .insertInto('calls')
    .columns(['id', 'realm', 'about', 'body', 'source', 'attempts', 'createdAt', 'dueAt'])
    .expression((eb) =>
      eb
        .selectFrom('callsAtEnd')
        .innerJoin('transactions', 'transactions.idHash', 'callsAtEnd.transactionHash')
        .select(['callsAtEnd.id', 'callsAtEnd.realm', 'callsAtEnd.about', 'callsAtEnd.body'])
        .select((column) => [
          column.cast<string>(column.val('sealed'), 'text').as('source'),
          column.cast<number>(column.val(0), 'integer').as('attempts'),
          column.cast<number>(column.val($.now), 'bigint').as('createdAt'),
          column.cast<number>(column.val($.now), 'bigint').as('dueAt'),
        ])
        .where('callsAtEnd.transactionHash', '=', $.transactionHash)
        .where('transactions.endedAt', 'is not', null),
    ),
)

const remove = query<{ transactionHash: string }>((db, $) =>
  db
    .deleteFrom('callsAtEnd')
    .where('transactionHash', '=', $.transactionHash)
    .where('transactionHash', 'in', (eb) =>
      eb.selectFrom('transactions').select('idHash').where('endedAt', 'is not', null),
    ),
)

/** Deletes calls of transactions that never ended. */
export const removeOldCallsAtEnd = deleteBefore('callsAtEnd', 'transactionHash', 'createdAt')

/** Schedules a call for the end of a transaction. Belongs to the unit that creates the transaction. */
export function scheduleAtEnd(
  transactionHash: string,
  { id, realm, about, body, createdAt }: QueuedCall,
): Statement {
  return insert({ transactionHash, id, realm, about, body, createdAt })
}

/** Queues the scheduled call, once, if the transaction has ended. Belongs to every unit that can end one. */
export function callAtEnd(transactionHash: string, now: number): Statement[] {
  return [makeDue({ transactionHash, now }), remove({ transactionHash })]
}
