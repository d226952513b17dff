import { createSecretKey } from 'node:crypto'
import { expect, test } from 'vitest'
import { knownBrowserCookie } from '../engine/server-cookies.ts'
import { KnownBrowsers } from './known-browsers.ts'

const now = 1_800_000_000_000
const day = 86_400_000
const key = createSecretKey(new Uint8Array(32).fill(7))
const browsers = new KnownBrowsers(() => [key])
const alex = { realm: '/alpha', personId: 'alex' }

function remembered(
  cookie?: string,
  whom = alex,
  methods: ('pwd' | 'otp' | 'pop')[] = ['pwd'],
  at = now,
): string {
  return browsers.remember(cookie, whom, methods, { now: at, isSecure: true })?.value ?? ''
}

const idOf = (cookie: string | undefined, whom = alex, factor: 'password' | 'oath' = 'password', at = now) =>
  browsers.browserOf(cookie, whom, factor, at)

test('recognises the browser of a person, and of no one else', () => {
  const cookie = remembered()
  expect(idOf(cookie)).toMatch(/^[\w-]{22}$/)
  expect(idOf(cookie, { ...alex, personId: 'sam' })).toBeUndefined()
  expect(idOf(cookie, { ...alex, realm: '/beta' })).toBeUndefined()
  expect(idOf(undefined)).toBeUndefined()
  expect(cookie).not.toContain('alex')
})

test('sets an HTTP-only cookie', () => {
  expect(browsers.remember(undefined, alex, ['pwd'], { now, isSecure: true })).toMatchObject({
    name: knownBrowserCookie,
    isHttpOnly: true,
    isSecure: true,
    sameSite: 'LAX',
    path: '/',
  })
})

test.each([
  [
    'another key',
    (cookie: string) =>
      new KnownBrowsers(() => [createSecretKey(new Uint8Array(32))]).browserOf(cookie, alex, 'password', now),
  ],
  [
    'more methods than were signed',
    (cookie: string) => idOf(cookie.replace('.pwd.', '.otp-pwd.'), alex, 'oath'),
  ],
  ['another id', (cookie: string) => idOf(`AAAAAAAAAAAAAAAAAAAAAA${cookie.slice(22)}`)],
  ['another day', (cookie: string) => idOf(cookie.replace(/\.(\d+)\./, '.1.'))],
  ['nonsense', () => idOf('a.b.c~~\u{1F600}')],
])('%s makes no known device', (_case, read) => {
  expect(read(remembered())).toBeUndefined()
})

test('makes a browser known for the password only, after a password only', () => {
  expect(idOf(remembered(), alex, 'oath')).toBeUndefined()
  expect(idOf(remembered(undefined, alex, ['pwd', 'otp']), alex, 'oath')).toBeDefined()
})

test('makes a browser known for every factor after a passkey or two factors', () => {
  expect(idOf(remembered(undefined, alex, ['pop']), alex, 'oath')).toBeDefined()
  expect(browsers.browserOf(remembered(undefined, alex, ['pwd', 'otp']), alex, 'recovery', now)).toBeDefined()
})

test('makes no browser known after a journey that proved nothing', () => {
  expect(browsers.remember(undefined, alex, [], { now, isSecure: true })).toBeUndefined()
})

test("keeps the browser's id and everything proved in it", () => {
  const first = remembered(undefined, alex, ['otp'])
  const second = remembered(first, alex, ['pwd'], now + day)
  expect(idOf(second, alex, 'oath', now + day)).toBe(idOf(first, alex, 'oath'))
  expect(second.split('~')).toHaveLength(1)
  expect(remembered(second, alex, ['pwd'], now + day)).toBe('')
})

test('forgets a browser after 180 days without a sign-in', () => {
  const cookie = remembered()
  expect(idOf(cookie, alex, 'password', now + 179 * day)).toBeDefined()
  expect(idOf(cookie, alex, 'password', now + 180 * day)).toBeUndefined()
})

test('remembers the last eight people of a shared browser', () => {
  let cookie = remembered()
  for (let other = 0; other < 8; other++)
    cookie = remembered(cookie, { ...alex, personId: `person ${other}` })
  expect(cookie.split('~')).toHaveLength(8)
  expect(idOf(cookie)).toBeUndefined()
  expect(idOf(cookie, { ...alex, personId: 'person 0' })).toBeDefined()
})

test('accepts older keys', () => {
  const rotated = new KnownBrowsers(() => [createSecretKey(new Uint8Array(32)), key])
  expect(rotated.browserOf(remembered(), alex, 'password', now)).toBeDefined()
})
