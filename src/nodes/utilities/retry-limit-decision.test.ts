import { expect, test } from 'vitest'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import type { JsonObject } from '../../engine/json.ts'
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

test('with the count in state three tries are allowed, and no more ever', async () => {
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

test('the limit can be set', async () => {
  const { action } = await runNode(retryLimitDecision, {
    config: { ...inState, retryLimit: 1 },
    shared: { 'node-1.retryCount': 1 },
    ports: identitiesOf(undefined).ports,
  })
  expect(outcomeOf(action)).toBe('Reject')
})

test('the count of a known user is kept with the user, beside those of other nodes', async () => {
  const { patches, ports } = counting('node-10=7', 'node-1=1')
  const { action } = await runNode(retryLimitDecision, { shared, ports })
  expect(outcomeOf(action)).toBe('Retry')
  expect(patches).toEqual([['u-1', { retryLimitNodeCount: ['node-10=7', 'node-1=2'] }]])
})

test('a user without a count starts at one', async () => {
  const { patches, ports } = identitiesOf(alex)
  await runNode(retryLimitDecision, { shared, ports })
  expect(patches).toEqual([['u-1', { retryLimitNodeCount: ['node-1=1'] }]])
})

test('an entry that is no number counts as none', async () => {
  const { patches, ports } = counting('node-1=many')
  await runNode(retryLimitDecision, { shared, ports })
  expect(patches).toEqual([['u-1', { retryLimitNodeCount: ['node-1=1'] }]])
})

test.each([
  [['node-1=3'], null],
  [['node-2=1', 'node-1=3'], ['node-2=1']],
])('a user at the limit with %j is rejected and keeps %j', async (entries, left) => {
  const { patches, ports } = counting(...entries)
  const { action } = await runNode(retryLimitDecision, { shared, ports })
  expect(outcomeOf(action)).toBe('Reject')
  expect(patches).toEqual([['u-1', { retryLimitNodeCount: left }]])
})

test.each([
  ['nobody has given a name', {}],
  ['the name is unknown', shared],
])('when %s the count is kept in state', async (_case, given) => {
  const { patches, ports } = identitiesOf(undefined)
  const { action, state } = await runNode(retryLimitDecision, {
    shared: { ...given, 'node-1.retryCount': 1 },
    ports,
  })
  expect(outcomeOf(action)).toBe('Retry')
  expect(state.shared['node-1.retryCount']).toBe(2)
  expect(patches).toEqual([])
})

test('a user who cannot be read is counted in state', async () => {
  const { action, state, log } = await runNode(retryLimitDecision, {
    shared: { ...shared, 'node-1.retryCount': 3 },
    ports: identitiesOf(alex, { find: true }).ports,
  })
  expect(outcomeOf(action)).toBe('Reject')
  expect(state.shared['node-1.retryCount']).toBe(3)
  expect(log).toEqual([{ level: 'warn', message: 'Error getting current retry count' }])
})

test('a count that cannot be saved to the user is logged and kept in state', async () => {
  const { action, state, log } = await runNode(retryLimitDecision, {
    shared,
    ports: identitiesOf(alex, { patch: true }).ports,
  })
  expect(outcomeOf(action)).toBe('Retry')
  expect(state.shared['node-1.retryCount']).toBe(1)
  expect(log).toEqual([{ level: 'error', message: 'Error setting retry count on user attribute' }])
})

test('a count that cannot be cleared is an error', async () => {
  const { action, log } = await runNode(retryLimitDecision, {
    shared,
    ports: identitiesOf({ ...alex, retryLimitNodeCount: ['node-1=3'] }, { patch: true }).ports,
  })
  expect(action).toEqual({ kind: 'error', message: 'attribute.failure' })
  expect(log).toEqual([{ level: 'warn', message: 'Error clearing attribute' }])
})
