import { expect, test } from 'vitest'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import type { IdentityPort, PasswordVerdict } from '../ports/ports.ts'
import { dataStoreDecision } from './data-store-decision.ts'

const alex = { _id: 'u-1', userName: 'alex' }

function identitiesThatAnswer(verdict: PasswordVerdict) {
  const identities: Pick<IdentityPort, 'checkPassword'> = { checkPassword: async () => verdict }
  return { identities: identities as IdentityPort }
}

test('takes the outcome true for the right password and identifies the person', async () => {
  const { action } = await runNode(dataStoreDecision, {
    shared: { username: 'alex' },
    transient: { password: 'correct' },
    ports: identitiesThatAnswer({ kind: 'right', person: alex, mustChange: false }),
  })
  expect(action).toEqual({ kind: 'goTo', outcome: 'true', identified: { kind: 'user', name: 'u-1' } })
})

test.each([
  ['wrong', 'invalid password error'],
  ['locked', 'invalid password error'],
  ['unknown', 'invalid username error'],
] as const)('takes the outcome false for the verdict %s and logs it', async (kind, message) => {
  const { action, log } = await runNode(dataStoreDecision, {
    shared: { username: 'alex' },
    transient: { password: 'guess' },
    ports: identitiesThatAnswer({ kind }),
  })
  expect(outcomeOf(action)).toBe('false')
  expect(log).toEqual([{ level: 'warn', message }])
})

test('takes the outcome false for a blank password without asking the store', async () => {
  const { action } = await runNode(dataStoreDecision, {
    shared: { username: 'alex' },
    transient: { password: ' ' },
  })
  expect(outcomeOf(action)).toBe('false')
})

test('fails if state has no password', async () => {
  const { action, log } = await runNode(dataStoreDecision, { shared: { username: 'alex' } })
  expect(action).toEqual({ kind: 'error', message: 'Unable to authenticate' })
  expect(log).toEqual([{ level: 'error', message: 'Password is null for username alex ' }])
})
