import { expect, test } from 'vitest'
import { alex, onePerson } from '../../../test/support/one-person.ts'
import { runNode } from '../../../test/support/run-node.ts'
import type { PasswordVerdict } from '../ports/ports.ts'
import { agentDataStoreDecision } from './agent-data-store-decision.ts'

function check(verdict: PasswordVerdict, password: string | null = 'secret') {
  const asked: unknown[] = []
  const realm = onePerson(undefined, {
    checkPassword: async (...what) => {
      asked.push(what)
      return verdict
    },
  })
  const secure = password === null ? {} : { password }
  return { asked, ran: runNode(agentDataStoreDecision, { shared: { username: 'web' }, secure, ...realm }) }
}

test('identifies an agent with the right password', async () => {
  const { asked, ran } = check({ kind: 'right', person: { ...alex, _id: 'a-1' }, mustChange: false })
  expect((await ran).action).toEqual({
    kind: 'goTo',
    outcome: 'true',
    identified: { kind: 'agent', name: 'a-1' },
  })
  expect(asked).toEqual([['web', 'secret', 'agent']])
})

test.each([
  ['wrong', 'invalid password error'],
  ['locked', 'invalid password error'],
  ['unknown', 'invalid username error'],
] as const)('takes the outcome false for the verdict %s', async (kind, message) => {
  const { action, log } = await check({ kind }).ran
  expect(action).toEqual({ kind: 'goTo', outcome: 'false' })
  expect(log).toEqual([{ level: 'warn', message }])
})

test('rejects a blank password without checking it', async () => {
  const { asked, ran } = check({ kind: 'wrong' }, ' ')
  expect((await ran).action).toEqual({ kind: 'goTo', outcome: 'false' })
  expect(asked).toEqual([])
})

test('fails without a password', async () => {
  const { action, log } = await check({ kind: 'wrong' }, null).ran
  expect(action).toEqual({ kind: 'error', message: 'Unable to authenticate' })
  expect(log).toEqual([{ level: 'error', message: 'Password is null for username web ' }])
})
