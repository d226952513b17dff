import { expect, test } from 'vitest'
import { runNode } from '../../../test/support/run-node.ts'
import { anonymousUser } from './anonymous-user.ts'

test.each([
  [{}, 'anonymous'],
  [{ anonymousUserName: 'guest' }, 'guest'],
])('uses with settings %j the person %s', async (config, name) => {
  const { action, state } = await runNode(anonymousUser, { config, shared: { username: 'alex' } })
  expect(action).toEqual({
    kind: 'goTo',
    outcome: 'outcome',
    sessionProperties: { NodeType: 'Anonymous|' },
    identified: { kind: 'user', name },
  })
  expect(state.shared).toEqual({ username: name, NodeType: 'Anonymous|' })
})

test('requires a name', () => {
  expect(anonymousUser.config.safeParse({ anonymousUserName: '' }).success).toBe(false)
})
