import { describe, expect, test } from 'vitest'
import { exampleTransaction, start } from '../../store/contract/examples.ts'
import { noPurpose } from '../transactions/purpose.ts'
import { type Transaction, unknownOpener } from '../transactions/transaction.ts'
import { grantStateOf, requirementFor } from './grant.ts'
import { noRequirement, type Requirement } from './requirement.ts'
import type { Verification } from './verification.ts'

const endedAt = start + 1000
const tenMinutes = 600_000
const purpose = { ...noPurpose, action: 'Reset the password' }
const approved: Partial<Transaction> = { state: 'COMPLETED', result: 'APPROVED', endedAt, purpose }
const bound: Parameters<typeof grantStateOf>[1] = {
  isBound: true,
  level: 1,
  usedAt: undefined,
  usedBy: undefined,
}

const needing = (needs: Partial<Requirement>): Requirement => ({ ...noRequirement, ...needs })

type Case = {
  frozen?: Requirement
  current?: Requirement
  result?: Partial<Verification>
  pausedUntil?: number
  now?: number
}

function stateOf(
  change: Partial<Transaction>,
  { frozen = noRequirement, current = noRequirement, result = {}, pausedUntil, now = endedAt + 2 }: Case = {},
) {
  const verification = { ...bound, ...result, requirement: frozen }
  const circumstances = { requirement: current, pausedUntil }
  return grantStateOf(exampleTransaction({ ...approved, ...change }), verification, circumstances, now)
}

test('a result can be used until ten minutes after its check ended', () => {
  const at = (now: number) => stateOf({}, { now })
  expect(at(endedAt + tenMinutes - 1)).toEqual({ state: 'ready', expiresAt: endedAt + tenMinutes })
  expect(at(endedAt + tenMinutes)).toEqual({ state: 'over' })
})

test('a delayed result waits, and can then be used for ten minutes', () => {
  const frozen = needing({ delayMinutes: 30 })
  const usableAt = endedAt + 30 * 60_000
  const expiresAt = usableAt + tenMinutes
  const at = (now: number) => stateOf({}, { frozen, now })
  expect(at(usableAt - 1)).toEqual({ state: 'waiting', usableAt, expiresAt })
  expect(at(usableAt)).toEqual({ state: 'ready', expiresAt })
  expect(at(expiresAt - 1).state).toBe('ready')
  expect(at(expiresAt)).toEqual({ state: 'over' })
})

test('a result of an earlier version has the current requirement', () => {
  const transaction = exampleTransaction(approved)
  const at = (requirement: Requirement) => ({ requirement, pausedUntil: undefined })
  expect(grantStateOf(transaction, bound, at(needing({ level: 2 })), endedAt + 1).state).toBe('weak')
  expect(grantStateOf(transaction, bound, at(noRequirement), endedAt + 1).state).toBe('ready')
})

describe.each<[string, (needs: Partial<Requirement>) => Case]>([
  ['at the opening', (needs) => ({ frozen: needing(needs) })],
  ['now', (needs) => ({ current: needing(needs) })],
])('what the action needs %s', (_when, needs) => {
  test('may be a level', () => {
    expect(stateOf({}, needs({ level: 2 }))).toEqual({ state: 'weak', neededLevel: 2 })
    expect(stateOf({}, { ...needs({ level: 2 }), result: { level: 2 } }).state).toBe('ready')
    expect(stateOf({}, { ...needs({ level: 3 }), result: { level: 2 } }).state).toBe('weak')
  })

  test('may be a second agent', () => {
    expect(stateOf({}, needs({ secondAgent: true }))).toEqual({ state: 'needsSecondAgent' })
    const openedBy = { ...unknownOpener, secondAgent: { id: 'noor', name: 'noor' } }
    expect(stateOf({ openedBy }, needs({ secondAgent: true })).state).toBe('ready')
  })

  test('may be a delay', () => {
    expect(stateOf({}, needs({ delayMinutes: 5 })).state).toBe('waiting')
  })
})

test('no later delay or change revives a result that is over, or makes it live longer', () => {
  const frozen = needing({ delayMinutes: 30 })
  const expiresAt = endedAt + 30 * 60_000 + tenMinutes
  const later = { frozen, current: needing({ delayMinutes: 35 }) }
  const usableAt = endedAt + 35 * 60_000
  expect(stateOf({}, later)).toEqual({ state: 'waiting', usableAt, expiresAt })
  expect(stateOf({}, { ...later, now: usableAt })).toEqual({ state: 'ready', expiresAt })
  expect(stateOf({}, { ...later, now: expiresAt })).toEqual({ state: 'over' })
  expect(stateOf({}, { frozen, current: needing({ delayMinutes: 40 }) })).toEqual({ state: 'over' })
})

test('the longer delay counts', () => {
  const result = { level: 0, requirement: needing({ delayMinutes: 5 }) } as const
  const both = requirementFor(result, exampleTransaction(), needing({ delayMinutes: 60 }))
  expect(both.delayMinutes).toBe(60)
})

describe('an action that needs two factors, with one proven', () => {
  const recovers = needing({ level: 2, recoveryMinutes: 60 })
  const openedBy = { ...unknownOpener, secondAgent: { id: 'noor', name: 'noor' } }
  const usableAt = endedAt + 60 * 60_000

  test('needs a second agent and a delay', () => {
    for (const needs of [{ frozen: recovers }, { frozen: recovers, current: recovers }]) {
      const expiresAt = usableAt + tenMinutes
      expect(stateOf({ openedBy }, needs)).toEqual({ state: 'waiting', usableAt, expiresAt })
      expect(stateOf({ openedBy }, { ...needs, now: usableAt })).toEqual({ state: 'ready', expiresAt })
      expect(stateOf({ openedBy }, { ...needs, now: expiresAt })).toEqual({ state: 'over' })
      expect(stateOf({}, needs)).toEqual({ state: 'weak', neededLevel: 2 })
    }
  })

  test('is not enough if nothing was proven, or a requirement at the opening or now allows no recovery', () => {
    const weak = { state: 'weak', neededLevel: 2 }
    const strict = needing({ level: 2 })
    expect(stateOf({ openedBy }, { frozen: recovers, result: { level: 0 } })).toEqual(weak)
    expect(stateOf({ openedBy }, { frozen: strict, current: recovers })).toEqual(weak)
    expect(stateOf({ openedBy }, { frozen: recovers, current: strict })).toEqual(weak)
  })

  test('waits for nothing if two factors were proven', () => {
    expect(stateOf({ openedBy }, { frozen: recovers, result: { level: 2 } }).state).toBe('ready')
  })
})

test.each<[string, Partial<Transaction>, Partial<Verification>, string]>([
  ['of a check under way', { state: 'IN_PROGRESS', result: 'UNKNOWN', endedAt: undefined }, {}, 'none'],
  ['of a denied check', { result: 'DENIED' }, {}, 'none'],
  ['of a caller who typed no code', {}, { isBound: false }, 'unbound'],
  ['of a check without an action', { purpose: noPurpose }, {}, 'unbound'],
  ['of a caller who objected afterwards', { rejectedAt: endedAt + 1 }, {}, 'withdrawn'],
  ['that an agent withdrew', {}, { withdrawnAt: endedAt + 1, withdrawnBy: 'dana' }, 'withdrawn'],
  ['that was used', {}, { usedAt: endedAt + 1, usedBy: 'dana' }, 'used'],
])('a result %s cannot be used', (_case, change, result, state) => {
  expect(stateOf(change, { result }).state).toBe(state)
})

test('a report about the person pauses a result that could still be used', () => {
  const pausedUntil = endedAt + 60_000
  const over = endedAt + tenMinutes
  expect(stateOf({}, { pausedUntil })).toEqual({ state: 'paused', until: pausedUntil })
  expect(stateOf({}, { pausedUntil, current: needing({ level: 2, delayMinutes: 5 }) }).state).toBe('paused')
  expect(stateOf({}, { pausedUntil, now: over }).state).toBe('over')
  expect(stateOf({}, { pausedUntil, result: { usedAt: endedAt + 1 } }).state).toBe('used')
  expect(stateOf({ rejectedAt: endedAt + 1 }, { pausedUntil }).state).toBe('withdrawn')
})

test('a result that lacks more than one thing is unbound first, and too weak before it lacks a second agent', () => {
  const frozen = needing({ level: 2, secondAgent: true, delayMinutes: 5 })
  const result = { isBound: false }
  expect(stateOf({}, { frozen, result })).toEqual({ state: 'unbound', reason: 'noCode' })
  expect(stateOf({ purpose: noPurpose }, { frozen, result })).toEqual({
    state: 'unbound',
    reason: 'noAction',
  })
  expect(stateOf({}, { frozen }).state).toBe('weak')
  expect(stateOf({}, { frozen, result: { level: 2 } }).state).toBe('needsSecondAgent')
})

test('a result that can never be used says so only until it is over', () => {
  const now = endedAt + tenMinutes
  expect(stateOf({}, { now, result: { isBound: false } }).state).toBe('over')
  expect(stateOf({}, { now, frozen: needing({ level: 2 }) }).state).toBe('over')
})

test.each<[string, Partial<Transaction>, Partial<Verification>]>([
  ['an objection', { rejectedAt: endedAt + 1 }, {}],
  ['a withdrawal', {}, { withdrawnAt: endedAt + 1, withdrawnBy: 'dana' }],
])('%s during the delay is final', (_what, change, result) => {
  const frozen = needing({ delayMinutes: 30 })
  for (const now of [endedAt + 2, endedAt + 31 * 60_000, endedAt + 1e9]) {
    expect(stateOf(change, { frozen, result, now }).state).toBe('withdrawn')
  }
})
