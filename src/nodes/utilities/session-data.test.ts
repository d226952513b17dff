import { expect, test } from 'vitest'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { sessionData } from './session-data.ts'

const config = { sessionDataKey: 'UserToken', sharedStateKey: 'userName' }

test('a property of the session in force goes to shared state twice', async () => {
  const { action, state } = await runNode(sessionData, {
    config,
    context: { existingSession: { UserToken: 'alex' } },
  })
  expect(outcomeOf(action)).toBe('outcome')
  expect(state.shared).toEqual({ userName: 'alex', objectAttributes: { userName: 'alex' } })
})

test.each([
  ['no session', undefined],
  ['a session without the property', { Other: 'x' }],
])('with %s nothing is written', async (_, existingSession) => {
  const { action, state } = await runNode(sessionData, { config, context: { existingSession } })
  expect(outcomeOf(action)).toBe('outcome')
  expect(state.shared).toEqual({})
})

test('a property named like one of every object is not found', async () => {
  const { state } = await runNode(sessionData, {
    config: { ...config, sessionDataKey: 'constructor' },
    context: { existingSession: {} },
  })
  expect(state.shared).toEqual({})
})
