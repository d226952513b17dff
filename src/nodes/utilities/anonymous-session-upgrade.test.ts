import { expect, test } from 'vitest'
import { runNode } from '../../../test/support/run-node.ts'
import { anonymousSessionUpgrade } from './anonymous-session-upgrade.ts'

const under = (existingSession: Record<string, string> | undefined) =>
  runNode(anonymousSessionUpgrade, { context: { existingSession } })

test('an anonymous session is noted', async () => {
  const { action, state } = await under({ NodeType: 'Anonymous|' })
  expect(action).toEqual({
    kind: 'goTo',
    outcome: 'outcome',
    sessionProperties: { NodeType: 'AnonymousSessionUpgrade|' },
  })
  expect(state.shared).toEqual({ NodeType: 'AnonymousSessionUpgrade|' })
})

test.each([[{}], [{ NodeType: 'AuthenticatorOATH|' }]])(
  'a session with %j is somebody’s',
  async (session) => {
    const { action, state } = await under(session)
    expect(action).toEqual({ kind: 'goTo', outcome: 'outcome' })
    expect(state.shared).toEqual({})
  },
)

test('without a session it is an error', async () => {
  expect((await under(undefined)).action).toEqual({
    kind: 'error',
    message: 'Failed to get previous session',
  })
})
