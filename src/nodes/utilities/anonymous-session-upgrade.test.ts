import { expect, test } from 'vitest'
import { runNode } from '../../../test/support/run-node.ts'
import { anonymousSessionUpgrade } from './anonymous-session-upgrade.ts'

const under = (existingSession: Record<string, string> | undefined) =>
  runNode(anonymousSessionUpgrade, { context: { existingSession } })

test('records the upgrade of an anonymous session', async () => {
  const { action, state } = await under({ NodeType: 'Anonymous|' })
  expect(action).toEqual({
    kind: 'goTo',
    outcome: 'outcome',
    sessionProperties: { NodeType: 'AnonymousSessionUpgrade|' },
  })
  expect(state.shared).toEqual({ NodeType: 'AnonymousSessionUpgrade|' })
})

test.each([[{}], [{ NodeType: 'AuthenticatorOATH|' }]])(
  'records nothing for a session with %j',
  async (session) => {
    const { action, state } = await under(session)
    expect(action).toEqual({ kind: 'goTo', outcome: 'outcome' })
    expect(state.shared).toEqual({})
  },
)

test('fails without a session', async () => {
  expect((await under(undefined)).action).toEqual({
    kind: 'error',
    message: 'Failed to get previous session',
  })
})
