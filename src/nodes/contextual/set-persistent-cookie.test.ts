import { expect, test } from 'vitest'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { setPersistentCookie } from './set-persistent-cookie.ts'

const now = 1_700_000_000_000

test('requests a cookie with its maximum life', async () => {
  const { action } = await runNode(setPersistentCookie, { config: { maxLife: 8, hmacSigningKey: null } })
  expect(outcomeOf(action)).toBe('outcome')
  expect(action.persistentCookie).toEqual({
    name: 'session-jwt',
    signingKey: '[null,null]',
    idleHours: 5,
    expiresAt: now + 8 * 3_600_000,
    isSecure: true,
    isHttpOnly: true,
    sameSite: 'LAX',
  })
})

test('rejects an invalid cookie name', async () => {
  await expect(runNode(setPersistentCookie, { config: { persistentCookieName: 'a; b' } })).rejects.toThrow()
})
