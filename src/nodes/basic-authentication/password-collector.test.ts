import { expect, test } from 'vitest'
import { answer, callbacksOf, outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { passwordCollector } from './password-collector.ts'

test('the first visit asks for the password', async () => {
  const { action } = await runNode(passwordCollector)
  expect(callbacksOf(action)).toEqual([{ type: 'PasswordCallback', output: { prompt: 'Password' } }])
})

test('an empty answer asks again and writes nothing', async () => {
  const { action, state } = await runNode(passwordCollector, { answers: [answer('PasswordCallback', '')] })
  expect(callbacksOf(action)).toHaveLength(1)
  expect(state.transient).toEqual({})
})

test('the answer goes to transient state, never to shared', async () => {
  const { action, state } = await runNode(passwordCollector, { answers: [answer('PasswordCallback', 's3')] })
  expect(outcomeOf(action)).toBe('outcome')
  expect(state).toMatchObject({ transient: { password: 's3' }, shared: {} })
})
