import type { Tried } from '../outbox/call.ts'
import * as statements from './delivery-statements.ts'
import type { Statement } from './query.ts'

/**
 * For the unit of whatever happened to a transaction, after its event: if it is a check, the event is owed to the receivers
 * that want to be told of it.
 */
export function tellNewest(idHash: string, now: number): Statement[] {
  return [statements.oweNewest({ idHash, now }), statements.queueOfCheck({ idHash, now })]
}

/** For the unit that opens a check, after all that it consists of. */
export function tellCreated(idHash: string, now: number): Statement[] {
  return [statements.oweCreated({ idHash, now }), statements.queueOfCheck({ idHash, now })]
}

/** For the unit that uses a result, after the use. */
export function tellUsed(idHash: string, now: number): Statement[] {
  return [statements.oweUsed({ idHash, now }), statements.queueOfCheck({ idHash, now })]
}

/** For the unit that takes a call out of the queue or puts it off: how the try went, where the call is a delivery. */
export function noteTry(id: string, { tries, at, status, isMade }: Tried): Statement {
  return statements.note({
    id,
    tries,
    isDelivered: Number(isMade),
    lastStatus: status ?? null,
    lastTriedAt: at,
  })
}
