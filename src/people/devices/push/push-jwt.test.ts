import { createHmac } from 'node:crypto'
import { SignJWT, UnsecuredJWT } from 'jose'
import { expect, test } from 'vitest'
import { responseTo, signedByApp, signedForApp } from './push-jwt.ts'

const secret = Buffer.alloc(32, 7).toString('base64')
const other = Buffer.alloc(32, 8).toString('base64')

test('reads what the same key signed', async () => {
  const jwt = await signedForApp({ c: 'challenge' }, secret)
  expect(await signedByApp(jwt, secret)).toEqual({ c: 'challenge' })
})

test.each([
  ['another key', () => signedForApp({ a: 1 }, other)],
  ['no key', async () => new UnsecuredJWT({ a: 1 }).encode()],
  [
    'another algorithm',
    () => new SignJWT({ a: 1 }).setProtectedHeader({ alg: 'HS512' }).sign(Buffer.alloc(64, 7)),
  ],
  ['no JWT', async () => 'text'],
])('refuses what was signed with %s', async (_case, make) => {
  expect(await signedByApp(await make(), secret)).toBeUndefined()
})

test('responds to a challenge with HMAC-SHA-256 of its bytes', () => {
  const challenge = Buffer.from('0123456789').toString('base64')
  const expected = createHmac('sha256', Buffer.alloc(32, 7)).update('0123456789').digest('base64')
  expect(responseTo(challenge, secret)).toBe(expected)
})
