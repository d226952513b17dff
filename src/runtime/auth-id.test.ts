import { createHmac, createSecretKey } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { type AuthIdClaims, AuthIds } from './auth-id.ts'

const key = createSecretKey(new Uint8Array(32).fill(7))
const keys = [key]
const authIds = new AuthIds(() => keys)
const others = new AuthIds(() => keys)
const claims: AuthIdClaims = {
  authIndexType: 'service',
  authIndexValue: 'Login',
  realm: '/alpha',
  sessionId: 'reference',
  step: 3,
  otk: '5abupss0oufbei0m4qdhlb3i0a',
  iat: 1_700_000_000,
  exp: 1_700_000_300,
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const decode = (part: string | undefined) => JSON.parse(Buffer.from(part ?? '', 'base64url').toString())

/** A token with any header and payload, signed with the right key. */
function signed(head: string, payload: string, algorithm = 'sha256'): string {
  const signature = createHmac(algorithm, key).update(`${head}.${payload}`).digest('base64url')
  return `${head}.${payload}.${signature}`
}

describe('an authId', () => {
  it('is read by the server that signed it and by others with its keys', () => {
    const authId = authIds.sign(claims)
    expect(authIds.read(authId)).toEqual({ kind: 'valid', claims })
    expect(others.read(authId)).toEqual({ kind: 'valid', claims })
  })

  it('is still read when thousands were signed after it', () => {
    const first = authIds.sign(claims)
    for (let step = 0; step < 2500; step++) authIds.sign({ ...claims, step })
    expect(authIds.read(first)).toEqual({ kind: 'valid', claims })
  })

  it('is no longer valid once its key is gone, even for the server that signed it', () => {
    let keys = [key]
    const server = new AuthIds(() => keys)
    const first = server.sign(claims)
    for (let step = 0; step < 1500; step++) server.sign({ ...claims, step })
    const last = server.sign(claims)
    keys = [createSecretKey(new Uint8Array(32).fill(8))]
    expect([first, last].map((authId) => server.read(authId).kind)).toEqual(['forged', 'forged'])
  })

  it('has no authIndex claims when the client named no journey', () => {
    const { authIndexType: _type, authIndexValue: _value, ...rest } = claims
    const written = authIds.sign(rest)
    expect(authIds.read(written)).toEqual({ kind: 'valid', claims: rest })
    expect(decode(written.split('.')[1])).not.toHaveProperty('authIndexType')
  })

  it('is a compact HS256 token whose payload the hosted pages can read', () => {
    const [head, payload, signature] = authIds.sign(claims).split('.')
    expect(decode(head)).toEqual({ typ: 'JWT', alg: 'HS256' })
    expect(decode(payload)).toEqual(claims)
    expect(signature).toBe(createHmac('sha256', key).update(`${head}.${payload}`).digest('base64url'))
  })

  const [head = '', payload = '', signature = ''] = authIds.sign(claims).split('.')
  const none = encode({ typ: 'JWT', alg: 'none' })

  it.each<[string, string]>([
    ['other claims under the same signature', `${head}.${encode({ ...claims, realm: '/' })}.${signature}`],
    ['a signature cut short', `${head}.${payload}.${signature.slice(0, -2)}`],
    ['a signature with trailing characters', `${head}.${payload}.${signature}AAAA`],
    ['characters behind the signature that a lenient decoder ignores', `${head}.${payload}.${signature}!`],
    [
      'a signature of another key',
      new AuthIds(() => [createSecretKey(new Uint8Array(32).fill(8))]).sign(claims),
    ],
    ['the algorithm none', `${none}.${payload}.${signature}`],
    ['the algorithm none, signed', signed(none, payload)],
    ['another algorithm, signed', signed(encode({ typ: 'JWT', alg: 'HS512' }), payload, 'sha512')],
    ['the same header written differently, signed', signed(encode({ alg: 'HS256', typ: 'JWT' }), payload)],
  ])('is rejected as forged with %s', (_what, authId) => {
    expect(authIds.read(authId)).toEqual({ kind: 'forged' })
  })

  it.each<[string, string]>([
    ['nothing', ''],
    ['a word', 'authId'],
    ['two parts', `${head}.${payload}`],
    ['no signature', `${head}.${payload}.`],
    ['four parts', `${head}.${payload}.${signature}.x`],
    ['a payload that is not JSON, signed', signed(head, Buffer.from('{').toString('base64url'))],
    ['a payload that is null, signed', signed(head, encode(null))],
    ['claims without a step, signed', signed(head, encode({ ...claims, step: undefined }))],
    ['a step that is not an integer, signed', signed(head, encode({ ...claims, step: 1.5 }))],
  ])('is rejected as unreadable: %s', (_what, authId) => {
    expect(authIds.read(authId)).toEqual({ kind: 'unreadable' })
  })
})
