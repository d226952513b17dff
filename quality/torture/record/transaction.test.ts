import { expect, test } from 'vitest'
import {
  type CallerRun,
  type FinalState,
  type TransactionRecord,
  transactionProblems,
} from './transaction.ts'

const once = { least: 1, most: 1 }
const winner: CallerRun = { mayApprove: true, notifications: once, end: 'success' }
const loser: CallerRun = { mayApprove: true, notifications: once, end: 'failure' }
const record = (change: Partial<TransactionRecord> = {}): TransactionRecord => ({
  runs: [winner],
  looks: [],
  ...change,
})
const stateAfter = (...kinds: string[]): FinalState => ({
  kinds,
  numbers: kinds.map((_kind, place) => place + 1),
})
const approved = stateAfter('opened', 'notification', 'approved')
const look = (from: number, standing: string) => ({ from, to: from + 1, standing })

test.each<[string, TransactionRecord, FinalState]>([
  ['approved', record(), approved],
  [
    'approved for one of two callers',
    record({ runs: [winner, loser] }),
    stateAfter('opened', 'notification', 'notification', 'approved'),
  ],
  ['approved by an unanswered step', record({ runs: [{ ...winner, end: 'sent' }] }), approved],
  [
    'cancelled',
    record({ runs: [loser], isCancelled: true }),
    stateAfter('opened', 'notification', 'cancelled'),
  ],
  [
    'rejected after its result',
    record({ isRejected: true }),
    stateAfter('opened', 'notification', 'approved', 'rejected'),
  ],
  [
    'read by several clients at once',
    record({ looks: [look(1, 'COMPLETED APPROVED'), look(1, 'CREATED')] }),
    approved,
  ],
])('accepts a transaction that was %s', (_case, kept, seen) => {
  expect(transactionProblems(kept, seen)).toEqual([])
})

test.each<[string, TransactionRecord, FinalState, string]>([
  [
    'two callers completed',
    record({ runs: [winner, { ...winner, notifications: { least: 0, most: 0 } }] }),
    approved,
    'a transaction was completed twice',
  ],
  [
    'has two results',
    record(),
    stateAfter('opened', 'notification', 'approved', 'approved'),
    'a transaction was completed twice',
  ],
  [
    'the wrong person completed',
    record({ runs: [{ ...winner, mayApprove: false }] }),
    approved,
    'a success that the rules do not allow',
  ],
  [
    'is approved without a caller',
    record({ runs: [loser] }),
    approved,
    'a success that the rules do not allow',
  ],
  ['lost its result', record(), stateAfter('opened', 'notification'), 'an acknowledged completion is lost'],
  ['lost its cancellation', record({ isCancelled: true }), approved, 'an acknowledged completion is lost'],
  ['lost a rejection', record({ isRejected: true }), approved, 'an acknowledged completion is lost'],
  ['lost a notification', record(), stateAfter('opened', 'approved'), 'an acknowledged notification is lost'],
  [
    'notifies twice',
    record(),
    stateAfter('opened', 'notification', 'notification', 'approved'),
    'an effect happened more often than requested',
  ],
  [
    'continues after its end',
    record(),
    stateAfter('opened', 'approved', 'notification'),
    'a state moved back',
  ],
  [
    'was opened twice',
    record(),
    stateAfter('opened', 'notification', 'opened', 'approved'),
    'a state moved back',
  ],
  ['has a gap', record(), { ...approved, numbers: [1, 2, 4] }, 'a feed has a gap or a repetition'],
  [
    'moves back',
    record({ looks: [look(1, 'IN_PROGRESS'), look(3, 'CREATED')] }),
    approved,
    'a state moved back',
  ],
  [
    'changes its result',
    record({ looks: [look(1, 'COMPLETED APPROVED'), look(3, 'COMPLETED DENIED')] }),
    approved,
    'a state moved back',
  ],
])('finds a transaction that %s', (_case, kept, seen, rule) => {
  expect(transactionProblems(kept, seen)).toContainEqual({ rule, seen: expect.any(String) })
})
