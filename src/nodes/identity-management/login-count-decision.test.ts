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
])('%s %i with %i sign-ins takes the outcome %s', async (interval, amount, loginCount, outcome) => {
  const ports = realmWith({ _id: 'u-1', userName: 'alex', loginCount })
  const { action } = await runNode(loginCountDecision, { config: { interval, amount }, shared, ports })
  expect(outcomeOf(action)).toBe(outcome)
})

test('takes the outcome false if sign-ins are not counted', async () => {
  const ports = realmWith({ _id: 'u-1', userName: 'alex' })
  const { action } = await runNode(loginCountDecision, { config: { interval: 'EVERY' }, shared, ports })
  expect(outcomeOf(action)).toBe('false')
})

test('fails without a person in state', async () => {
  const { action } = await runNode(loginCountDecision)
  expect(action).toEqual({ kind: 'error', message: 'userName not present in state' })
})

test('fails for an unknown person', async () => {
  const { action } = await runNode(loginCountDecision, { shared, ports: realmWith(undefined) })
  expect(action).toEqual({ kind: 'error', message: 'Failed to retrieve existing object' })
})

test('rejects an amount of zero', () => {
  expect(loginCountDecision.config.safeParse({ amount: 0 }).success).toBe(false)
})
