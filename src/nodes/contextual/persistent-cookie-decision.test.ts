import { expect, test } from 'vitest'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { kim, onlyKim } from '../../../test/support/second-factors.ts'
import type { JsonObject } from '../../base/json.ts'
import type { PersistentCookiePort } from '../ports/device-ports.ts'
import { persistentCookieDecision } from './persistent-cookie-decision.ts'

const persistentCookies: PersistentCookiePort = {
  async read(token, signingKey) {
    if (signingKey !== '["a key",null]' || !token.startsWith('for ')) return undefined
    return { personId: token.slice(4), clientIp: '192.0.2.1', expiresAt: 42 }
  },
}

function visit(sent: Record<string, string>, config: JsonObject = {}, clientIp = '192.0.2.1') {
  return runNode(persistentCookieDecision, {
    config: { hmacSigningKey: 'a key', ...config },
    request: { persistentCookies: sent, clientIp },
    ports: { identities: onlyKim, persistentCookies },
  })
}

test('identifies the person and renews the cookie up to its maximum life', async () => {
  const { action, state } = await visit({ 'session-jwt': `for ${kim._id}` })
  expect(outcomeOf(action)).toBe('true')
  expect(action).toMatchObject({
    identified: { kind: 'user', name: 'kim' },
    persistentCookie: { name: 'session-jwt', idleHours: 5, expiresAt: 42 },
  })
  expect(state.shared).toEqual({ username: 'kim' })
})

test.each([
  ['no cookie', {}, {}],
  ['a cookie of another name', { other: `for ${kim._id}` }, {}],
  ['an invalid cookie', { 'session-jwt': 'made up' }, {}],
  ['a cookie with another key', { 'session-jwt': `for ${kim._id}` }, { hmacSigningKey: 'other' }],
  ['a cookie of a deleted person', { 'session-jwt': 'for gone' }, {}],
  ['a cookie that names a username instead of an id', { 'session-jwt': 'for kim' }, {}],
])('takes the outcome false for %s', async (_what, cookies, config) => {
  const { action, state } = await visit(cookies as Record<string, string>, config)
  expect(action).toEqual({ kind: 'goTo', outcome: 'false' })
  expect(state.shared).toEqual({})
})

test('accepts a cookie from another address unless that is forbidden', async () => {
  const cookies = { 'session-jwt': `for ${kim._id}` }
  expect(outcomeOf((await visit(cookies, {}, '198.51.100.7')).action)).toBe('true')
  expect(outcomeOf((await visit(cookies, { enforceClientIp: true }, '198.51.100.7')).action)).toBe('false')
  expect(outcomeOf((await visit(cookies, { enforceClientIp: true })).action)).toBe('true')
})
