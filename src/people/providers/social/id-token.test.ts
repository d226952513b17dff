import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { IdTokenRules } from '../../../nodes/ports/outside-ports.ts'
import type { FencedSend } from '../fenced-send.ts'
import { idTokens } from './id-token.ts'

const now = 1_700_000_000
const secret = new TextEncoder().encode('a-secret-of-the-client-of-32-bytes')

let server: Server
let url: string
let signing: CryptoKey
let other: CryptoKey
let publicKey: CryptoKey
let pages: Record<string, unknown> = {}
let reads: string[] = []

beforeAll(async () => {
  const pair = await generateKeyPair('RS256', { extractable: true })
  signing = pair.privateKey
  publicKey = pair.publicKey
  other = (await generateKeyPair('RS256')).privateKey
  server = createServer((request, response) => {
    reads.push(request.url ?? '')
    const page = pages[request.url ?? '']
    const status = page === undefined ? 404 : page === 'elsewhere' ? 302 : 200
    response.writeHead(status, { location: '/keys' }).end(JSON.stringify(page))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'RS256' }
  const secretKey = { kty: 'oct', kid: 'k2', k: Buffer.from(secret).toString('base64url') }
  const privateKey = { ...(await exportJWK(signing)), kid: 'k3' }
  pages = {
    '/.well-known': { issuer: 'https://op.example.com', jwks_uri: `${url}/keys` },
    '/keys': { keys: [jwk, secretKey] },
    '/private': { keys: [privateKey] },
    '/none': { keys: [] },
    '/broken': { keys: 'x' },
    '/away': 'elsewhere',
    '/foreign': { jwks_uri: 'http://op.example.com/keys' },
  }
})

afterAll(() => server.close())

beforeEach(() => {
  reads = []
})

const usualClaims = {
  iss: 'https://op.example.com',
  aud: 'client',
  sub: 'kim',
  iat: now - 10,
  exp: now + 600,
}

type Claims = Record<string, unknown>

function signed(
  claims: Claims = {},
  {
    key = signing as CryptoKey | Uint8Array,
    alg = 'RS256',
    kid = 'k1',
    typ = undefined as string | undefined,
  } = {},
) {
  const all = Object.entries({ ...usualClaims, ...claims }).filter(([, value]) => value !== undefined)
  return new SignJWT(Object.fromEntries(all)).setProtectedHeader({ alg, kid, ...(typ && { typ }) }).sign(key)
}

const send: FencedSend = async ({ url, method, headers, redirect }) => {
  const answer = await fetch(url, { method, headers, ...(redirect && { redirect }) })
  return { status: answer.status, headers: {}, body: await answer.text() }
}

async function verify(token: string, rules: Partial<IdTokenRules> = {}, checks = idTokens(send)) {
  return checks.verify(
    token,
    {
      source: { kind: 'keys', url: `${url}/keys` },
      issuer: 'https://op.example.com',
      audience: 'client',
      authorisedParties: ['client', 'partner'],
      maxLifetimeSeconds: 3600,
      ...rules,
    },
    now * 1000,
  )
}

const bySecret = { source: { kind: 'secret', secret: 'a-secret-of-the-client-of-32-bytes' } } as const

test('returns the claims of a token that is signed with a key of the key set or of the discovery document', async () => {
  expect(await verify(await signed({ name: 'Kim' }))).toMatchObject({ sub: 'kim', name: 'Kim' })
  const source = { kind: 'discovery', url: `${url}/.well-known` } as const
  expect(await verify(await signed(), { source })).toMatchObject({ sub: 'kim' })
})

test('checks tokens with the secret of the client', async () => {
  const alg = 'HS256'
  expect(await verify(await signed({}, { key: secret, alg }), bySecret)).toMatchObject({ sub: 'kim' })
  const guessed = new TextEncoder().encode('another-secret-that-has-32-bytes')
  await expect(verify(await signed({}, { key: guessed, alg }), bySecret)).rejects.toThrow('signature')
})

test.each<[string, Claims, RegExp]>([
  ['another issuer', { iss: 'https://evil.example.com' }, /"iss"/],
  ['no issuer', { iss: undefined }, /"iss"/],
  ['another audience', { aud: 'other' }, /"aud"/],
  ['no subject', { sub: undefined }, /"sub"/],
  ['the past', { exp: now - 1 }, /"exp"/],
  ['no end', { exp: undefined }, /"exp"/],
  ['no beginning', { iat: undefined }, /"iat"/],
  ['a later beginning', { nbf: now + 60 }, /"nbf"/],
  ['the future', { iat: now + 120 }, /future/],
  ['long ago', { iat: now - 3601 }, /unreasonably long/],
  ['a far end', { exp: now + 3601 }, /unreasonably long/],
  ['another party', { azp: 'other' }, /another party/],
  ['several audiences without a party', { aud: ['client', 'b'] }, /another party/],
  ['a party that is no text', { azp: ['client'] }, /another party/],
  ['access, from AM', { tokenName: 'access_token' }, /no ID token/],
  ['an event', { events: { 'http://schemas.openid.net/event/backchannel-logout': {} } }, /no ID token/],
])('refuses a token of %s', async (_what, claims, problem) => {
  await expect(verify(await signed(claims))).rejects.toThrow(problem)
  expect(reads).toEqual([])
})

test('the type of a token is that of an ID token, if it has one', async () => {
  for (const typ of ['at+jwt', 'logout+jwt', 'application/at+jwt', 'xjwt']) {
    await expect(verify(await signed({}, { typ }))).rejects.toThrow('no ID token')
  }
  expect(reads).toEqual([])
  for (const typ of ['JWT', 'application/jwt']) expect(await verify(await signed({}, { typ }))).toBeDefined()
  expect(await verify(await signed({ tokenName: 'id_token' }))).toBeDefined()
})

test('checks at the same time share the requests for keys, and later ones read again', async () => {
  const token = await signed()
  const checks = idTokens(send)
  const source = { kind: 'discovery', url: `${url}/.well-known` } as const
  const both = ['/.well-known', '/keys']
  await Promise.all([1, 2, 3].map(() => verify(token, { source }, checks)))
  expect(reads).toEqual(both)
  await verify(token, { source }, checks)
  expect(reads).toEqual([...both, ...both])
})

test('accepts authorized parties', async () => {
  expect(await verify(await signed({ aud: ['client', 'b'], azp: 'partner' }))).toMatchObject({ sub: 'kim' })
  await expect(verify(await signed({ azp: 'client' }), { authorisedParties: [] })).rejects.toThrow('party')
})

test('the algorithm follows from the kind of the key, never from the token', async () => {
  const text = new TextEncoder().encode(JSON.stringify(await exportJWK(publicKey)))
  await expect(verify(await signed({}, { key: text, alg: 'HS256' }))).rejects.toThrow('"alg"')
  await expect(verify(await signed({}, { key: secret, alg: 'HS256', kid: 'k2' }))).rejects.toThrow('"alg"')
  await expect(verify(await signed(), bySecret)).rejects.toThrow('"alg"')
  await expect(verify(new UnsecuredJWT(usualClaims).encode())).rejects.toThrow()
  expect(reads).toEqual([])
})

test('refuses another key, a changed token and no token', async () => {
  await expect(verify(await signed({}, { key: other }))).rejects.toThrow('signature')
  const [header, , signature] = (await signed()).split('.')
  const changed = Buffer.from(JSON.stringify({ ...usualClaims, sub: 'alex' })).toString('base64url')
  await expect(verify(`${header}.${changed}.${signature}`)).rejects.toThrow('signature')
  reads = []
  await expect(verify('a.b.c')).rejects.toThrow()
  await expect(verify('nothing')).rejects.toThrow()
  expect(reads).toEqual([])
})

test.each([
  ['keys', '/missing', 'status 404'],
  ['keys', '/away', 'status 302'],
  ['keys', '/none', 'keys'],
  ['keys', '/broken', 'keys'],
  ['keys', '/private', 'no applicable key'],
  ['discovery', '/keys', 'jwks_uri'],
  ['discovery', '/foreign', 'only be read over https'],
] as const)('fails with %s from %s', async (kind, path, problem) => {
  const token = await signed({}, { kid: path === '/private' ? 'k3' : 'k1' })
  await expect(verify(token, { source: { kind, url: url + path } })).rejects.toThrow(problem)
})

test.each(['http://op.example.com/keys', 'not a url', 'file:///etc/passwd'])(
  'reads no keys from %s',
  async (address) => {
    const source = { kind: 'keys', url: address } as const
    await expect(verify(await signed(), { source })).rejects.toThrow('only be read over https')
  },
)
