import { expect, test } from 'vitest'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import type { IdentityPort, Person } from '../ports/ports.ts'
import { loginCountDecision } from './login-count-decision.ts'

function realmWith(person: Person | undefined) {
  const identities: Partial<IdentityPort> = { find: async () => person }
  return { identities: identities as IdentityPort }
}

const shared = { username: 'alex' }

test.each([
  ['AT', 3, 3, 'true'],
  ['AT', 3, 6, 'false'],
  ['EVERY', 3, 6, 'true'],
  ['EVERY', 3, 7, 'false'],
])('%s %i with %i sign-ins leaves by %s', async (interval, amount, loginCount, outcome) => {
  const ports = realmWith({ _id: 'u-1', userName: 'alex', loginCount })
  const { action } = await runNode(loginCountDecision, { config: { interval, amount }, shared, ports })
  expect(outcomeOf(action)).toBe(outcome)
})

test('a person whose sign-ins are not counted leaves by false', async () => {
  const ports = realmWith({ _id: 'u-1', userName: 'alex' })
  const { action } = await runNode(loginCountDecision, { config: { interval: 'EVERY' }, shared, ports })
  expect(outcomeOf(action)).toBe('false')
})

test('without anybody to look up the node fails', async () => {
  const { action } = await runNode(loginCountDecision)
  expect(action).toEqual({ kind: 'error', message: 'userName not present in state' })
})

test('a person who is not found fails the node', async () => {
  const { action } = await runNode(loginCountDecision, { shared, ports: realmWith(undefined) })
  expect(action).toEqual({ kind: 'error', message: 'Failed to retrieve existing object' })
})

test('an amount of nought is refused', () => {
  expect(loginCountDecision.config.safeParse({ amount: 0 }).success).toBe(false)
})
