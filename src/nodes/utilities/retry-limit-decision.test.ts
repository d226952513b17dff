import { expect, test } from 'vitest'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import type { JsonObject } from '../../base/json.ts'
import type { IdentityPort, Person } from '../ports/ports.ts'
import { retryLimitDecision } from './retry-limit-decision.ts'

const alex: Person = { _id: 'u-1', userName: 'alex' }
const shared = { username: 'alex' }
const inState = { incrementUserAttributeOnFailure: false }

function identitiesOf(person: Person | undefined, failing: { find?: boolean; patch?: boolean } = {}) {
  const patches: [string, JsonObject][] = []
  const identities: Pick<IdentityPort, 'find' | 'patch'> = {
    find: async () => {
      if (failing.find) throw new Error('away')
      return person
    },
    patch: async (id, changes) => {
      if (failing.patch) throw new Error('away')
      patches.push([id, changes])
    },
  }
  return { patches, ports: { identities: identities as IdentityPort } }
}

const counting = (...entries: string[]) => identitiesOf({ ...alex, retryLimitNodeCount: entries })

test('allows three attempts with the count in state', async () => {
  const { patches, ports } = identitiesOf(alex)
  let state: JsonObject = shared
  const outcomes: string[] = []
  for (let round = 0; round < 5; round++) {
    const ran = await runNode(retryLimitDecision, { config: inState, shared: state, ports })
    outcomes.push(outcomeOf(ran.action))
    state = ran.state.shared
  }
  expect(outcomes).toEqual(['Retry', 'Retry', 'Retry', 'Reject', 'Reject'])
  expect(state).toEqual({ ...shared, 'node-1.retryCount': 3 })
  expect(patches).toEqual([])
})

test('uses the configured limit', async () => {
  const { action } = await runNode(retryLimitDecision, {
    config: { ...inState, retryLimit: 1 },
    shared: { 'node-1.retryCount': 1 },
    ports: identitiesOf(undefined).ports,
  })
  expect(outcomeOf(action)).toBe('Reject')
})

test('stores the count with the person, beside those of other nodes', async () => {
  const { patches, ports } = counting('node-10=7', 'node-1=1')
  const { action } = await runNode(retryLimitDecision, { shared, ports })
  expect(outcomeOf(action)).toBe('Retry')
  expect(patches).toEqual([['u-1', { retryLimitNodeCount: ['node-10=7', 'node-1=2'] }]])
})

test('starts the count of a person at one', async () => {
  const { patches, ports } = identitiesOf(alex)
  await runNode(retryLimitDecision, { shared, ports })
  expect(patches).toEqual([['u-1', { retryLimitNodeCount: ['node-1=1'] }]])
})

test('ignores an invalid entry', async () => {
  const { patches, ports } = counting('node-1=many')
  await runNode(retryLimitDecision, { shared, ports })
  expect(patches).toEqual([['u-1', { retryLimitNodeCount: ['node-1=1'] }]])
})

test.each([
  [['node-1=3'], null],
  [['node-2=1', 'node-1=3'], ['node-2=1']],
])('rejects a person at the limit with %j and keeps %j', async (entries, left) => {
  const { patches, ports } = counting(...entries)
  const { action } = await runNode(retryLimitDecision, { shared, ports })
  expect(outcomeOf(action)).toBe('Reject')
  expect(patches).toEqual([['u-1', { retryLimitNodeCount: left }]])
})

test.each([
  ['state has no username', {}],
  ['the person is unknown', shared],
])('keeps the count in state if %s', async (_case, given) => {
  const { patches, ports } = identitiesOf(undefined)
  const { action, state } = await runNode(retryLimitDecision, {
    shared: { ...given, 'node-1.retryCount': 1 },
    ports,
  })
  expect(outcomeOf(action)).toBe('Retry')
  expect(state.shared['node-1.retryCount']).toBe(2)
  expect(patches).toEqual([])
})

test('keeps the count in state if the person cannot be read', async () => {
  const { action, state, log } = await runNode(retryLimitDecision, {
    shared: { ...shared, 'node-1.retryCount': 3 },
    ports: identitiesOf(alex, { find: true }).ports,
  })
  expect(outcomeOf(action)).toBe('Reject')
  expect(state.shared['node-1.retryCount']).toBe(3)
  expect(log).toEqual([{ level: 'warn', message: 'Error getting current retry count' }])
})

test('logs a count that cannot be saved and keeps it in state', async () => {
  const { action, state, log } = await runNode(retryLimitDecision, {
    shared,
    ports: identitiesOf(alex, { patch: true }).ports,
  })
  expect(outcomeOf(action)).toBe('Retry')
  expect(state.shared['node-1.retryCount']).toBe(1)
  expect(log).toEqual([{ level: 'error', message: 'Error setting retry count on user attribute' }])
})

test('fails if the count cannot be cleared', async () => {
  const { action, log } = await runNode(retryLimitDecision, {
    shared,
    ports: identitiesOf({ ...alex, retryLimitNodeCount: ['node-1=3'] }, { patch: true }).ports,
  })
  expect(action).toEqual({ kind: 'error', message: 'attribute.failure' })
  expect(log).toEqual([{ level: 'warn', message: 'Error clearing attribute' }])
})
