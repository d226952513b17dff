import { afterAll, beforeAll, expect, test } from 'vitest'
import { adminToken } from '../support/admin-tokens.ts'
import { RelyingParty } from '../support/relying-party.ts'
import { adminPassword, startServer, type TestServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'

let server: TestServer
let shop: RelyingParty
let token: string

beforeAll(async () => {
  server = await startServer()
  shop = new RelyingParty(server.url, 'shop', 'a secret')
  await shop.register({ advanced: { grantTypes: ['authorization_code', 'client_credentials'] } })
  token = (await shop.tokens(await signIn(server.url, 'alex', 'Alex-Pass-2026'))).access_token
})
afterAll(() => server.stop())

async function ask(search: string, headers: Record<string, string> = {}, issuer = shop.issuer) {
  const answer = await fetch(`${issuer}/tokeninfo${search}`, { headers })
  return { status: answer.status, body: await answer.json() }
}

test('answers for a token in the query or the header, without attributes of the person', async () => {
  const told = await ask(`?access_token=${token}`)
  expect(told).toEqual({
    status: 200,
    body: {
      access_token: token,
      client_id: 'shop',
      expires_in: expect.any(Number),
      grant_type: 'authorization_code',
      openid: '',
      profile: '',
      realm: '/alpha',
      scope: ['openid', 'profile'],
      sub: expect.any(String),
      token_type: 'Bearer',
    },
  })
  expect((await ask('', { authorization: `Bearer ${token}` })).body.scope).toEqual(told.body.scope)
  expect(server.logged()).not.toContain(token)
})

test('answers for a token of the client itself', async () => {
  const form = { grant_type: 'client_credentials', scope: 'reports' }
  const { body } = await shop.post('access_token', form)
  expect((await ask(`?access_token=${body.access_token}`)).body).toMatchObject({
    grant_type: 'client_credentials',
    scope: ['reports'],
  })
})

test('does not describe tokens of administration', async () => {
  const session = await signIn(server.url, 'amadmin', adminPassword, '/')
  const rootIssuer = shop.issuer.replace('/realms/alpha', '')
  const admin = await adminToken(server.url, session)
  expect(await ask(`?access_token=${admin}`, {}, rootIssuer)).toMatchObject({ status: 401 })
})

test('refuses unknown tokens, those of another realm, and two at once', async () => {
  const root = new RelyingParty(server.url, 'shop', 'a secret', { realm: 'bravo' })
  const unknown = { status: 401, body: { error: 'invalid_token' } }
  expect(await ask('?access_token=unknown')).toMatchObject(unknown)
  expect(await ask(`?access_token=${token}`, {}, root.issuer)).toMatchObject({ status: 404 })
  const rootIssuer = shop.issuer.replace('/realms/alpha', '')
  expect(await ask(`?access_token=${token}`, {}, rootIssuer)).toMatchObject(unknown)
  const invalid = { status: 400, body: { error: 'invalid_request' } }
  expect(await ask('')).toMatchObject(invalid)
  expect(await ask(`?access_token=${token}`, { authorization: `Bearer ${token}` })).toMatchObject(invalid)
})

test('refuses a revoked token, and a scope that the client has lost', async () => {
  await shop.register({ core: { scopes: ['openid'] } })
  expect((await ask(`?access_token=${token}`)).body.scope).toEqual(['openid'])
  await shop.post('token/revoke', { token })
  expect(await ask(`?access_token=${token}`)).toMatchObject({ status: 401 })
})
