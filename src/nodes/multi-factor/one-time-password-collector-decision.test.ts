import { expect, test } from 'vitest'
import { answer, callbacksOf, noAttemptChecked, outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { onlyKim } from '../../../test/support/second-factors.ts'
import { isSameSecret } from '../../secrets/digest.ts'
import type { AttemptPort } from '../ports/ports.ts'
import { oneTimePasswordCollectorDecision as node } from './one-time-password-collector-decision.ts'

const madeAt = 1_700_000_000
const secure = { oneTimePassword: '12345678', oneTimePasswordTimestamp: madeAt }
const given = (code: string) => [answer('PasswordCallback', code)]
const secrets = { digits: () => '', hex: () => '', isSame: isSameSecret }
const ports = { secrets, identities: onlyKim }
const prompt = [{ type: 'PasswordCallback', output: { prompt: 'One Time Password' } }]

test('asks for the password', async () => {
  expect(callbacksOf((await runNode(node, { secure })).action)).toEqual(prompt)
})

test('asks again for an empty answer', async () => {
  expect(callbacksOf((await runNode(node, { secure, answers: given('') })).action)).toEqual(prompt)
})

test('takes the outcome true for the right password and removes it', async () => {
  const { action, state } = await runNode(node, { secure, answers: given('12345678'), ports })
  expect(outcomeOf(action)).toBe('true')
  expect(state).toEqual({ shared: {}, secure: {}, transient: {} })
})

test('takes the outcome false for a wrong password and keeps the right one', async () => {
  const { action, state, log } = await runNode(node, { secure, answers: given('87654321'), ports })
  expect(outcomeOf(action)).toBe('false')
  expect(state.secure).toEqual(secure)
  expect(log).toEqual([{ level: 'warn', message: 'The one-time password is wrong or too old' }])
})

test.each([
  ['in its last second', 299, 'true'],
  ['after it has expired', 300, 'false'],
])('decides %s', async (_when, age, outcome) => {
  const context = { now: (madeAt + age) * 1000 }
  const { action } = await runNode(node, { secure, answers: given('12345678'), context, ports })
  expect(outcomeOf(action)).toBe(outcome)
})

test('rejects every password if none was created', async () => {
  expect(outcomeOf((await runNode(node, { answers: given('12345678'), ports })).action)).toBe('false')
})

test('rejects a right password unchecked after too many wrong attempts, and keeps it', async () => {
  const limited = { ...ports, attempts: noAttemptChecked }
  const { action, state, log } = await runNode(node, { secure, answers: given('12345678'), ports: limited })
  expect(outcomeOf(action)).toBe('false')
  expect(state.secure).toEqual(secure)
  expect(log).toEqual([{ level: 'warn', message: 'Too many wrong attempts: no more are checked for now' }])
})

test.each([
  ['kim', 'kim-id'],
  ['no person', undefined],
])('counts attempts for the person in state: %s', async (username, expected) => {
  const owners: (string | undefined)[] = []
  const attempts: AttemptPort = {
    check: (_factor, personId, check) => {
      owners.push(personId)
      return check()
    },
  }
  await runNode(node, {
    secure,
    shared: { username },
    answers: given('1'),
    ports: { ...ports, attempts },
  })
  expect(owners).toEqual([expected])
})
