import { expect, test } from 'vitest'
import { exampleTransaction, start } from '../../store/contract/examples.ts'
import { noPurpose } from '../transactions/purpose.ts'
import type { Transaction } from '../transactions/transaction.ts'
import { grantStateOf } from './grant.ts'
import type { Verification } from './verification.ts'

const endedAt = start + 1000
const tenMinutes = 600_000
const purpose = { ...noPurpose, action: 'Reset the password' }
const approved: Partial<Transaction> = { state: 'COMPLETED', result: 'APPROVED', endedAt, purpose }
const settings = { strongActions: ['Reset the second factor'] }
const bound: Pick<Verification, 'isBound' | 'level' | 'usedAt' | 'usedBy'> = {
  isBound: true,
  level: 1,
  usedAt: undefined,
  usedBy: undefined,
}

test('a result can be used until ten minutes after its check ended', () => {
  const stateAt = (now: number) => grantStateOf(exampleTransaction(approved), bound, settings, now)
  expect(stateAt(endedAt + tenMinutes - 1)).toEqual({ state: 'ready', expiresAt: endedAt + tenMinutes })
  expect(stateAt(endedAt + tenMinutes)).toEqual({ state: 'over' })
})

test('a strong action needs two factors', () => {
  const strong = { ...approved, purpose: { ...noPurpose, action: 'Reset the second factor' } }
  const stateWith = (level: 1 | 2) =>
    grantStateOf(exampleTransaction(strong), { ...bound, level }, settings, endedAt + 1).state
  expect([stateWith(1), stateWith(2)]).toEqual(['weak', 'ready'])
})

test.each<[string, Partial<Transaction>, object, string]>([
  ['of a check under way', { state: 'IN_PROGRESS', result: 'UNKNOWN', endedAt: undefined }, {}, 'none'],
  ['of a denied check', { result: 'DENIED' }, {}, 'none'],
  ['of a caller who typed no code', {}, { isBound: false }, 'unbound'],
  ['of a check without an action', { purpose: noPurpose }, {}, 'unbound'],
  ['of a caller who objected afterwards', { rejectedAt: endedAt + 1 }, {}, 'withdrawn'],
  ['that was used', {}, { usedAt: endedAt + 1, usedBy: 'dana' }, 'used'],
])('a result %s cannot be used', (_case, change, verification, state) => {
  const transaction = exampleTransaction({ ...approved, ...change })
  expect(grantStateOf(transaction, { ...bound, ...verification }, settings, endedAt + 2).state).toBe(state)
})
