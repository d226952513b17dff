import { expect, test } from 'vitest'
import { answer, callbacksOf, outcomeOf, runNode } from '../../test/run-node.ts'
import { usernameCollector } from './username-collector.ts'

test('the first visit asks for the user name', async () => {
  const { action } = await runNode(usernameCollector)
  expect(callbacksOf(action)).toEqual([{ type: 'NameCallback', output: { prompt: 'User Name' } }])
})

test('an empty answer asks again and writes nothing', async () => {
  const { action, state } = await runNode(usernameCollector, { answers: [answer('NameCallback', '')] })
  expect(callbacksOf(action)).toHaveLength(1)
  expect(state.shared).toEqual({})
})

test('the answer goes to shared state', async () => {
  const { action, state } = await runNode(usernameCollector, { answers: [answer('NameCallback', 'alex')] })
  expect(outcomeOf(action)).toBe('outcome')
  expect(state.shared).toEqual({ username: 'alex' })
})
