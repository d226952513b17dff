import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import * as openid from 'openid-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { RelyingParty } from '../support/relying-party.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
const secret = 'a shared secret of thirty-two bytes or more'
const core = { scopes: ['reports'], defaultScopes: ['reports'] }

let server: TestServer
let keys: Awaited<ReturnType<typeof generateKeyPair>>
let jwkSet: string
let robot: RelyingParty
const published = createServer((_request, response) => response.end(jwkSet))

beforeAll(async () => {
  server = await startServer({ httpAllow: ['127.0.0.1'] })
  keys = await generateKeyPair('ES256', { extractable: true })
  jwkSet = JSON.stringify({ keys: [{ ...(await exportJWK(keys.publicKey)), kid: 'k1', use: 'sig' }] })
  robot = await register('robot', { publicKeyLocation: 'jwks', jwkSet })
  await new Promise<void>((done) => published.listen(0, '127.0.0.1', done))
})
afterAll(async () => {
  published.close()
  await server.stop()
})

async function register(id: string, keySettings: Record<string, string>, method = 'private_key_jwt') {
  const party = new RelyingParty(server.url, id, secret)
  await party.register({
    core,
    advanced: { grantTypes: ['client_credentials'], tokenEndpointAuthMethod: method },
    signing: {
      tokenEndpointAuthSigningAlgorithm: method === 'private_key_jwt' ? 'ES256' : 'HS256',
      ...keySettings,
    },
  })
  return party
}

async function connect(party: RelyingParty, proof: openid.ClientAuth) {
  return openid.discovery(new URL(party.issuer), party.id, undefined, proof, {
    execute: [openid.allowInsecureRequests],
  })
}

test('openid-client authenticates with its private key', async () => {
  const client = await connect(robot, openid.PrivateKeyJwt({ key: keys.privateKey, kid: 'k1' }))
  expect((await openid.clientCredentialsGrant(client)).scope).toBe('reports')
})

test('openid-client authenticates with keys that it publishes, fetched through the fence', async () => {
  const jwksUri = `http://127.0.0.1:${(published.address() as AddressInfo).port}/keys`
  const party = await register('publisher', { publicKeyLocation: 'jwks_uri', jwksUri })
  const client = await connect(party, openid.PrivateKeyJwt({ key: keys.privateKey, kid: 'k1' }))
  expect((await openid.clientCredentialsGrant(client)).scope).toBe('reports')
})

test('openid-client authenticates with a JWT made of its secret', async () => {
  const party = await register('mac', {}, 'client_secret_jwt')
  const client = await connect(party, openid.ClientSecretJwt(secret))
  expect((await openid.clientCredentialsGrant(client)).scope).toBe('reports')
})

type Claims = {
  iss?: string
  sub?: string
  aud?: string
  jti?: string
  exp?: number
  iat?: number
  typ?: string
}

async function assertion(claims: Claims = {}, key = keys.privateKey) {
  const now = Math.floor(Date.now() / 1000)
  const full = {
    iss: 'robot',
    sub: 'robot',
    aud: robot.issuer,
    jti: crypto.randomUUID(),
    exp: now + 60,
    ...claims,
  }
  return new SignJWT(full).setProtectedHeader({ alg: 'ES256', kid: 'k1' }).sign(key)
}

async function ask(client_assertion: string) {
  const answer = await fetch(`${robot.issuer}/access_token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: 'robot',
      client_assertion_type: assertionType,
      client_assertion,
    }),
  })
  return { status: answer.status, body: await answer.json() }
}

test('an assertion works once, even if two requests race', async () => {
  const once = await assertion()
  const answers = await Promise.all([ask(once), ask(once), ask(once)])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401])
  expect(await ask(once)).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
})

test('an assertion as Keycloak makes it names the token endpoint, and its type among its claims', async () => {
  const iat = Math.floor(Date.now() / 1000)
  expect((await ask(await assertion({ aud: `${robot.issuer}/access_token`, iat, typ: 'JWT' }))).status).toBe(
    200,
  )
})

test.each<[string, Claims]>([
  ['for another server', { aud: 'https://other.example.com' }],
  ['of another client', { iss: 'other' }],
  ['that has expired', { exp: 1 }],
])('an assertion %s is refused', async (_, claims) => {
  expect((await ask(await assertion(claims))).status).toBe(401)
})

test('an assertion of another key, and the secret instead, are refused', async () => {
  const other = await generateKeyPair('ES256')
  expect((await ask(await assertion({}, other.privateKey))).status).toBe(401)
  expect((await robot.post('access_token', { grant_type: 'client_credentials' })).status).toBe(401)
})

test('private keys and addresses without https are refused as settings', async () => {
  const privateSet = JSON.stringify({ keys: [await exportJWK(keys.privateKey)] })
  await expect(register('odd', { publicKeyLocation: 'jwks', jwkSet: privateSet })).rejects.toThrow(
    /jwkSet: must hold public keys only/,
  )
  await expect(register('odd', { jwksUri: 'http://keys.example.com' })).rejects.toThrow(
    /must be an https URL/,
  )
})
