import { expect, test } from 'vitest'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import type { IdentityPort, Person } from '../ports/ports.ts'
import { incrementLoginCount } from './increment-login-count.ts'

function realmWith(person: Person | undefined, patch?: IdentityPort['patch']) {
  const patches: unknown[] = []
  const identities: Partial<IdentityPort> = {
    find: async () => person,
    patch: patch ?? (async (id, changes) => void patches.push({ id, ...changes })),
  }
  return { ports: { identities: identities as IdentityPort }, patches }
}

const shared = { username: 'alex' }
const alex = { _id: 'u-1', userName: 'alex' }
const warning = [{ level: 'warn', message: 'Unable to increment login count' }]

test.each([
  [alex, 1],
  [{ ...alex, loginCount: 41 }, 42],
])('counts for %j %i sign-ins', async (person, loginCount) => {
  const { ports, patches } = realmWith(person)
  const { action, log } = await runNode(incrementLoginCount, { shared, ports })
  expect(outcomeOf(action)).toBe('outcome')
  expect(patches).toEqual([{ id: 'u-1', loginCount }])
  expect(log).toEqual([])
})

test('logs an unknown person and continues', async () => {
  const { action, log } = await runNode(incrementLoginCount, { shared, ports: realmWith(undefined).ports })
  expect(outcomeOf(action)).toBe('outcome')
  expect(log).toEqual(warning)
})

test('logs a count that cannot be saved and continues', async () => {
  const { ports } = realmWith(alex, () => Promise.reject(new Error('store is away')))
  const { action, log } = await runNode(incrementLoginCount, { shared, ports })
  expect(outcomeOf(action)).toBe('outcome')
  expect(log).toEqual(warning)
})
