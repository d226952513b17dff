import { expect, test } from 'vitest'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { sessionData } from './session-data.ts'

const config = { sessionDataKey: 'UserToken', sharedStateKey: 'userName' }

test('copies a session property to shared state and objectAttributes', async () => {
  const { action, state } = await runNode(sessionData, {
    config,
    context: { existingSession: { UserToken: 'alex' } },
  })
  expect(outcomeOf(action)).toBe('outcome')
  expect(state.shared).toMatchObject({ userName: 'alex', objectAttributes: { userName: 'alex' } })
})

test('a copy as userName is the person whose password is checked next, unless the journey has a username', async () => {
  const context = { existingSession: { UserToken: 'alex' } }
  const { state } = await runNode(sessionData, { config, context })
  expect(state.shared.username).toBe('alex')
  const named = await runNode(sessionData, { config, context, shared: { username: 'kim' } })
  expect(named.state.shared.username).toBe('kim')
  const other = await runNode(sessionData, { config: { ...config, sharedStateKey: 'mail' }, context })
  expect(other.state.shared).not.toHaveProperty('username')
})

test.each([
  ['no session', undefined],
  ['a session without the property', { Other: 'x' }],
])('writes nothing with %s', async (_, existingSession) => {
  const { action, state } = await runNode(sessionData, { config, context: { existingSession } })
  expect(outcomeOf(action)).toBe('outcome')
  expect(state.shared).toEqual({})
})

test('ignores names inherited from Object', async () => {
  const { state } = await runNode(sessionData, {
    config: { ...config, sessionDataKey: 'constructor' },
    context: { existingSession: {} },
  })
  expect(state.shared).toEqual({})
})
