import { afterAll, beforeAll, expect, test } from 'vitest'
import { sessionCookie } from '../../src/engine/server-cookies.ts'
import { claimsIn, RelyingParty, redirectUri, visit } from '../support/relying-party.ts'
import { adminPassword, startServer, type TestServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'

let server: TestServer
let web: RelyingParty
let session: string

beforeAll(async () => {
  server = await startServer()
  web = new RelyingParty(server.url, 'web')
  // As the vendor writes them.
  const responseTypes = ['code', 'token', 'id_token', 'code token', 'token id_token', 'none', 'device_code']
  await web.register({ advanced: { grantTypes: ['authorization_code', 'implicit'], responseTypes } })
  session = await signIn(server.url, 'alex', 'Alex-Pass-2026')
})
afterAll(() => server.stop())

const silent = (response_type: string, more = {}) =>
  web.request({ response_type, prompt: 'none', ...more }).url

test('response_type=none answers without a token while the session lasts', async () => {
  const { location } = await visit(silent('none'), session)
  expect(location?.href.startsWith(redirectUri)).toBe(true)
  expect(Object.fromEntries(location?.searchParams ?? [])).toEqual({ state: 'state-1', iss: web.issuer })
  const without = await visit(silent('none'))
  expect(without.location?.searchParams.get('error')).toBe('interaction_required')
})

test('a session check without an address answers by its status', async () => {
  const check = new URL(silent('none'))
  check.searchParams.delete('redirect_uri')
  const { status, headers } = await visit(check.href, session)
  expect([status, headers.get('location')]).toEqual([204, null])
  const without = await visit(check.href)
  expect([without.status, without.location]).toEqual([400, undefined])
  check.searchParams.set('client_id', 'unknown')
  expect((await visit(check.href, session)).status).toBe(400)
})

test('response_type=id_token answers with an ID token for the nonce, and no other token', async () => {
  const { location } = await visit(silent('id_token'), session)
  const answer = new URLSearchParams(location?.hash.slice(1))
  expect([...answer.keys()].sort()).toEqual(['id_token', 'state'])
  expect(claimsIn(answer.get('id_token') ?? '')).toMatchObject({ aud: 'web', nonce: 'nonce-1' })
  const { location: noNonce } = await visit(silent('id_token', { nonce: '' }), session)
  expect(noNonce?.hash).toContain('error=invalid_request')
})

test.each(['token', 'id_token token', 'code id_token'])('response_type=%s is refused', async (type) => {
  const { location } = await visit(silent(type), session)
  expect(location?.href).toContain('error=unsupported_response_type')
  expect(location?.href).not.toMatch(/access_token|code=/)
})

test('a client without the implicit grant gets no ID token in its address', async () => {
  const other = new RelyingParty(server.url, 'other')
  await other.register({ advanced: { responseTypes: ['code', 'id_token'] } })
  const { location } = await visit(other.request({ response_type: 'id_token' }).url, session)
  expect(location?.href).toContain('error=invalid_request')
})

test.each([
  [{ responseTypes: ['token'] }, /advancedOAuth2ClientConfig.responseTypes: token is not served/],
  [{ responseTypes: ['code', 'banana'] }, /advancedOAuth2ClientConfig.responseTypes: 'banana' is unknown/],
  [
    { tokenEndpointAuthMethod: 'tls_client_auth' },
    /tokenEndpointAuthMethod: 'tls_client_auth' is not served/,
  ],
  [{ tokenEndpointAuthMethod: 'private_key_jwt' }, /publicKeyLocation: private_key_jwt needs/],
])('a client with %j is refused with the field’s name', async (advanced, reason) => {
  const odd = new RelyingParty(server.url, 'odd', 'a secret')
  await expect(odd.register({ advanced })).rejects.toThrow(reason)
})

test('a client keeps what is not served, and the answer says so', async () => {
  const administrator = await signIn(server.url, 'amadmin', adminPassword, '/')
  const advancedOAuth2ClientConfig = {
    grantTypes: { inherited: false, value: ['authorization_code', 'password'] },
    responseTypes: { inherited: false, value: ['code', 'token', 'code id_token'] },
  }
  const path = 'realms/root/realms/alpha/realm-config/agents/OAuth2Client/kept'
  const answer = await fetch(`${server.url}/json/${path}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', [sessionCookie]: administrator },
    body: JSON.stringify({ advancedOAuth2ClientConfig }),
  })
  expect(await answer.json()).toMatchObject({ advancedOAuth2ClientConfig })
  expect(answer.headers.get('sidegate-findings')).toBe(
    'advancedOAuth2ClientConfig.grantTypes: kept without effect: password; ' +
      'advancedOAuth2ClientConfig.responseTypes: kept without effect: token, code id_token; ' +
      'advancedOAuth2ClientConfig.requirePkce: is not true: the client gets codes without PKCE, unless the realm requires it',
  )
})

test('a client of a developer’s machine learns why it gets no ID token in its address', async () => {
  const administrator = await signIn(server.url, 'amadmin', adminPassword, '/')
  const path = 'realms/root/realms/alpha/realm-config/agents/OAuth2Client/local'
  const answer = await fetch(`${server.url}/json/${path}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', [sessionCookie]: administrator },
    body: JSON.stringify({
      coreOAuth2ClientConfig: { redirectionUris: ['https://shop.example/', 'http://localhost:8443/back'] },
      advancedOAuth2ClientConfig: { grantTypes: ['implicit'], responseTypes: ['id_token', 'none'] },
    }),
  })
  expect(answer.status).toBe(201)
  expect(answer.headers.get('sidegate-findings')).toContain(
    'id_token is not served: the redirection URI http://localhost:8443/back is not https, or is localhost',
  )
})
