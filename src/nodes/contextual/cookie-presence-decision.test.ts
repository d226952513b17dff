import { expect, test } from 'vitest'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { cookiePresenceDecision } from './cookie-presence-decision.ts'

test.each([
  ['is sent', { seen: '1' }, 'true'],
  ['is sent without a value', { seen: '' }, 'true'],
  ['has another case', { Seen: '1' }, 'false'],
  ['is not sent', {}, 'false'],
])('decides on a cookie that %s', async (_case, cookies: Record<string, string>, outcome) => {
  const { action } = await runNode(cookiePresenceDecision, {
    config: { cookieName: 'seen' },
    request: { cookies },
  })
  expect(outcomeOf(action)).toBe(outcome)
})

test.each([
  ['session-jwt.%2Falpha', 'true'],
  ['session-jwt', 'true'],
  ['session-jwt.%2Fbeta', 'false'],
])('on the persistent cookie %s of its realm, takes %s', async (name, outcome) => {
  const { action } = await runNode(cookiePresenceDecision, {
    config: { cookieName: 'session-jwt' },
    request: { persistentCookies: { [name]: 'a token' } },
  })
  expect(outcomeOf(action)).toBe(outcome)
})

test('ignores names inherited from Object', async () => {
  const config = { cookieName: 'constructor' }
  expect(outcomeOf((await runNode(cookiePresenceDecision, { config })).action)).toBe('false')
})

test('requires a name', () => {
  expect(cookiePresenceDecision.config.safeParse({ cookieName: '' }).success).toBe(false)
})
