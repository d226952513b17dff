import { expect, test } from 'vitest'
import { answer, callbacksOf, outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { passwordCollector } from './password-collector.ts'

test('asks for the password on the first visit', async () => {
  const { action } = await runNode(passwordCollector)
  expect(callbacksOf(action)).toEqual([{ type: 'PasswordCallback', output: { prompt: 'Password' } }])
})

test('asks again for an empty answer and writes nothing', async () => {
  const { action, state } = await runNode(passwordCollector, { answers: [answer('PasswordCallback', '')] })
  expect(callbacksOf(action)).toHaveLength(1)
  expect(state.transient).toEqual({})
})

test('stores the answer in transient state only', async () => {
  const { action, state } = await runNode(passwordCollector, { answers: [answer('PasswordCallback', 's3')] })
  expect(outcomeOf(action)).toBe('outcome')
  expect(state).toMatchObject({ transient: { password: 's3' }, shared: {} })
})
