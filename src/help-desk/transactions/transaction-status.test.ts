import { expect, test } from 'vitest'
import { exampleTransaction, start } from '../../store/contract/examples.ts'
import { safeDisplayName, type Transaction } from './transaction.ts'
import { endingOf, endTimeOf, statusOf } from './transaction-status.ts'

const life = 180_000
const later = start + 1000

test.each<[string, Partial<Transaction>, number, unknown[]]>([
  ['made', {}, later, ['CREATED', undefined, undefined]],
  ['begun', { state: 'IN_PROGRESS' }, later, ['IN_PROGRESS', undefined, undefined]],
  ['out of time', { state: 'IN_PROGRESS' }, start + life, ['EXPIRED', 'expired', start + life]],
  [
    'approved',
    { state: 'COMPLETED', result: 'APPROVED', endedAt: later },
    later,
    ['COMPLETED', 'approved', later],
  ],
  [
    'approved long ago',
    { state: 'COMPLETED', result: 'APPROVED', endedAt: later },
    start + 2 * life,
    ['COMPLETED', 'approved', later],
  ],
  [
    'approved, and rejected too late',
    { state: 'COMPLETED', result: 'APPROVED', endedAt: later, rejectedAt: later + 1 },
    later + 2,
    ['COMPLETED', 'approved', later],
  ],
  ['denied', { state: 'COMPLETED', result: 'DENIED', endedAt: later }, later, ['COMPLETED', 'denied', later]],
  [
    'rejected',
    { state: 'COMPLETED', result: 'DENIED', denial: 'notMe', endedAt: later, rejectedAt: later },
    later,
    ['COMPLETED', 'notMe', later],
  ],
  ['cancelled', { isCancelled: true, endedAt: later }, later, ['CANCELLED', 'cancelled', later]],
  [
    'cancelled by an earlier version',
    { isCancelled: true },
    start + 2 * life,
    ['CANCELLED', 'cancelled', start + life],
  ],
])('a transaction that is %s', (_case, change, now, expected) => {
  const transaction = exampleTransaction(change)
  expect([statusOf(transaction, now), endingOf(transaction, now), endTimeOf(transaction, now)]).toEqual(
    expected,
  )
})

test.each([
  ['Elena Marsh', 'Elena Marsh'],
  ['Elena \u202eMarsh\nAdmin', 'Elena Marsh Admin'],
  ['\u202e', 'elena'],
  [undefined, 'elena'],
])('shows the name %j as %j', (displayName, shown) => {
  const named = displayName === undefined ? {} : { displayName }
  expect(safeDisplayName({ id: 'e', name: 'elena', ...named })).toBe(shown)
})
