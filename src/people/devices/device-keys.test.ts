import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { beforeAll, expect, test } from 'vitest'
import type { JsonObject } from '../../base/json.ts'
import { deviceKeys } from './device-keys.ts'

const now = 1_700_000_000_000
const seconds = now / 1000
const expected = { subject: 'kim-id', issuers: ['com.example.bank'], skewSeconds: 60, now }
let keys: Awaited<ReturnType<typeof generateKeyPair>>
let publicKey: JsonObject

beforeAll(async () => {
  keys = await generateKeyPair('RS512', { extractable: true })
  publicKey = { ...(await exportJWK(keys.publicKey)), kid: 'one' } as JsonObject
})

const sign = (claims: JWTPayload, header = {}) =>
  new SignJWT({ iss: 'com.example.bank', sub: 'kim-id', exp: seconds + 30, ...claims })
    .setProtectedHeader({ alg: 'RS512', kid: 'one', ...header })
    .sign(keys.privateKey)

test('reads the claims of a signed text and only the public part of its key', async () => {
  const jwk = { ...(await exportJWK(keys.privateKey)), kid: 'one' }
  const claims = deviceKeys.peek(await sign({}, { jwk }))
  expect(claims).toEqual({ keyId: 'one', subject: 'kim-id', key: publicKey })
  for (const text of ['', 'x', 'a.b.c']) expect(deviceKeys.peek(text)).toBeUndefined()
})

test('returns the signed content', async () => {
  const result = await deviceKeys.verify(await sign({ challenge: 'x' }), publicKey, expected)
  expect(result).toMatchObject({ claims: { challenge: 'x' } })
})

test.each([
  ['another app', { iss: 'com.example.evil' }],
  ['nobody', { sub: undefined }],
  ['an expiry in the past', { exp: seconds - 61 }],
  ['no time', { exp: undefined }],
  ['a not-before time in the future', { nbf: seconds + 61 }],
])('rejects %s in the claims', async (_what, claims) => {
  const result = await deviceKeys.verify(await sign(claims as JWTPayload), publicKey, expected)
  expect(result).toMatchObject({ problem: expect.any(String), isSignature: false })
})

test('rejects a signature by another key, with a shared secret, or missing', async () => {
  const { publicKey: other } = await generateKeyPair('RS512')
  const otherKey = { ...(await exportJWK(other)), kid: 'one' } as JsonObject
  expect(await deviceKeys.verify(await sign({}), otherKey, expected)).toMatchObject({ isSignature: true })
  const secret = new TextEncoder().encode('x'.repeat(64))
  const shared = await new SignJWT({ sub: 'kim-id', iss: 'com.example.bank', exp: seconds + 30 })
    .setProtectedHeader({ alg: 'HS256' })
    .sign(secret)
  const oct = { kty: 'oct', k: Buffer.from(secret).toString('base64url') }
  for (const key of [publicKey, oct]) {
    expect(await deviceKeys.verify(shared, key, expected)).toMatchObject({ isSignature: true })
  }
})
