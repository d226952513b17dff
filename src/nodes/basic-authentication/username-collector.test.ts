import { expect, test } from 'vitest'
import { answer, callbacksOf, outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { usernameCollector, usernameCollectorV2 } from './username-collector.ts'

test('asks for the username on the first visit', async () => {
  const { action } = await runNode(usernameCollector)
  expect(callbacksOf(action)).toEqual([{ type: 'NameCallback', output: { prompt: 'User Name' } }])
})

test('asks again for an empty answer and writes nothing', async () => {
  const { action, state } = await runNode(usernameCollector, { answers: [answer('NameCallback', '')] })
  expect(callbacksOf(action)).toHaveLength(1)
  expect(state.shared).toEqual({})
})

test('stores the answer in shared state', async () => {
  const { action, state } = await runNode(usernameCollector, { answers: [answer('NameCallback', 'alex')] })
  expect(outcomeOf(action)).toBe('outcome')
  expect(state.shared).toEqual({ username: 'alex' })
})

test.each([
  [{ prepopulate: true }, { username: 'alex' }, { '': 'alex' }],
  [{ prepopulate: true }, {}, undefined],
  [{}, { username: 'alex' }, undefined],
])('version 2.0 with %o and %o in state shows %o', async (config, shared, input) => {
  const { action } = await runNode(usernameCollectorV2, { config, shared: { ...shared } })
  const [shown] = callbacksOf(action)
  expect(shown?.input).toEqual(input)
})

test('version 2.0 accepts another name than the one shown', async () => {
  const given = { config: { prepopulate: true }, shared: { username: 'alex' } }
  const { action, state } = await runNode(usernameCollectorV2, {
    ...given,
    answers: [answer('NameCallback', 'kim')],
  })
  expect(outcomeOf(action)).toBe('outcome')
  expect(state.shared).toEqual({ username: 'kim' })
})
