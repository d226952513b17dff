import { createSecretKey } from 'node:crypto'
import { expect, test } from 'vitest'
import { isPersistentCookie } from '../engine/server-cookies.ts'
import { isOf, persistentCookies } from './persistent-cookies.ts'

const now = 1_700_000_000_000
const hour = 3_600_000
const cookies = persistentCookies(() => [createSecretKey(new Uint8Array(32).fill(1))])
const wish = {
  name: 'session-jwt',
  signingKey: 'a key',
  idleHours: 2,
  expiresAt: now + 5 * hour,
  isSecure: true,
  isHttpOnly: true,
  sameSite: 'LAX',
} as const
const kim = { personId: 'kim-id', personCreatedAt: now - 5, clientIp: '192.0.2.1', realm: '/alpha' }
const here = { realm: '/alpha', signingKey: 'a key' }

test('identifies the person, the address and the last renewal time', async () => {
  const { value, ...cookie } = await cookies.issue(wish, kim, now)
  expect(cookie).toEqual({
    name: 'session-jwt.%2Falpha',
    path: '/',
    maxAgeSeconds: 7200,
    isSecure: true,
    isHttpOnly: true,
    sameSite: 'LAX',
  })
  const { realm: _realm, ...person } = kim
  const remembered = { ...person, issuedAt: now, expiresAt: wish.expiresAt }
  expect(await cookies.read(value, here, now)).toEqual(remembered)
})

test('expires after the idle time', async () => {
  const { value } = await cookies.issue(wish, kim, now)
  expect(await cookies.read(value, here, now + 2 * hour - 1000)).toBeDefined()
  expect(await cookies.read(value, here, now + 2 * hour + 1000)).toBeUndefined()
})

test('is recognised by its value, so that it can be hidden from scripts', async () => {
  expect(isPersistentCookie((await cookies.issue(wish, kim, now)).value)).toBe(true)
  expect(isPersistentCookie('dark')).toBe(false)
})

test('is not renewed beyond its maximum life', async () => {
  const { value, maxAgeSeconds } = await cookies.issue(wish, kim, now + 4 * hour)
  expect(maxAgeSeconds).toBe(3600)
  expect(await cookies.read(value, here, now + 5 * hour + 1000)).toBeUndefined()
})

test.each([
  ['another realm', { ...here, realm: '/beta' }],
  ['another signing key', { ...here, signingKey: 'another' }],
])('is not read in %s', async (_what, expected) => {
  const { value } = await cookies.issue(wish, kim, now)
  expect(await cookies.read(value, expected, now)).toBeUndefined()
})

test('is rejected by another installation or after a change', async () => {
  const { value } = await cookies.issue(wish, kim, now)
  expect(
    await persistentCookies(() => [createSecretKey(new Uint8Array(32))]).read(value, here, now),
  ).toBeUndefined()
  expect(await cookies.read(`${value.slice(0, -3)}AAA`, here, now)).toBeUndefined()
  expect(await cookies.read('', here, now)).toBeUndefined()
})

test('stays valid after a key rotation', async () => {
  const { value } = await cookies.issue(wish, kim, now)
  const [old, fresh] = [
    createSecretKey(new Uint8Array(32).fill(1)),
    createSecretKey(new Uint8Array(32).fill(9)),
  ]
  expect(await persistentCookies(() => [fresh, old]).read(value, here, now)).toBeDefined()
  expect(await persistentCookies(() => [fresh]).read(value, here, now)).toBeUndefined()
})

test.each([
  ['of this person', { personCreatedAt: 5, issuedAt: 3 }, true],
  ['of a removed person with the same id', { personCreatedAt: 4, issuedAt: 9 }, false],
  ['of an earlier version, from this person', { personCreatedAt: undefined, issuedAt: 5 }, true],
  ['of an earlier version, from before this person', { personCreatedAt: undefined, issuedAt: 4 }, false],
])('tells a cookie %s', (_what, cookie, isExpected) => {
  expect(isOf(cookie, { createdAt: 5 })).toBe(isExpected)
})
