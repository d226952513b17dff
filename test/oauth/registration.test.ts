import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '../../src/base/json.ts'
import { RelyingParty, redirectUri, visit } from '../support/relying-party.ts'
import { type Ask, asking, audited } from '../support/rest.ts'
import { adminPassword, startServer, type TestServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'

const alpha = '/realms/root/realms/alpha'
const clients = `${alpha}/realm-config/agents/OAuth2Client`
const settingsAt = `${alpha}/realm-config/settings`
/** Scopes that a realm may announce, and only administrators give. */
const privileged = [
  'fr:idm:*',
  'back_channel_authentication',
  'verification_grant',
  'dynamic_client_registration',
]
const anApplication = { redirect_uris: [redirectUri], client_name: 'Orchard' }

let server: TestServer
let ask: Ask
let issuer: string
let session: string

beforeAll(async () => {
  server = await startServer()
  ask = asking(server.url, await signIn(server.url, 'amadmin', adminPassword, '/'))
  issuer = `${server.url}/oauth2/realms/root/realms/alpha`
  session = await signIn(server.url, 'alex', 'Alex-Pass-2026')
})
afterAll(() => server.stop())
beforeEach(() => allow({ access: 'open', maxPerHour: 1000 }))
afterEach(async () => {
  for (const { _id } of (await ask(`${clients}?_queryFilter=true`)).body.result) {
    await ask(`${clients}/${_id}`, { method: 'DELETE' })
  }
})

async function allow(registration: JsonObject, oauth: JsonObject = {}): Promise<void> {
  const { body } = await ask(settingsAt)
  const { status, body: problem } = await ask(settingsAt, {
    method: 'PUT',
    body: { ...body, oauth: { ...oauth, registration } },
  })
  expect(status, JSON.stringify(problem)).toBe(200)
}

type Reply = { status: number; headers: Headers; body: JsonObject }

async function send(method: string, url: string, body?: object, token?: string): Promise<Reply> {
  const answer = await fetch(url, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  return { status: answer.status, headers: answer.headers, body: text === '' ? {} : JSON.parse(text) }
}

const register = (metadata: object = anApplication, token?: string) =>
  send('POST', `${issuer}/register`, metadata, token)

async function registered(metadata: object = anApplication): Promise<JsonObject> {
  const { status, body } = await register(metadata)
  expect(status, JSON.stringify(body)).toBe(201)
  return body
}

const manage = (
  method: string,
  { registration_client_uri: url, registration_access_token: token }: JsonObject,
  body?: object,
) => send(method, String(url), body, String(token))

const discovery = async () =>
  (await (await fetch(`${issuer}/.well-known/openid-configuration`)).json()) as JsonObject

describe('an application that registers itself', () => {
  test('signs people in, who are warned and asked', async () => {
    const signatures = { id_token_signed_response_alg: 'ES256', userinfo_signed_response_alg: 'PS256' }
    const made = await registered({ ...anApplication, ...signatures, scope: 'openid email' })
    expect(made).toMatchObject(signatures)
    expect(made).toMatchObject({
      client_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      client_secret: expect.stringMatching(/^[\w-]{43}$/),
      client_secret_expires_at: 0,
      client_id_issued_at: expect.any(Number),
      registration_client_uri: `${issuer}/register?client_id=${made.client_id}`,
      ...anApplication,
      grant_types: ['authorization_code'],
      response_types: ['code'],
      scope: 'openid email',
      token_endpoint_auth_method: 'client_secret_basic',
    })
    const orchard = new RelyingParty(server.url, String(made.client_id), String(made.client_secret))
    const asked = await visit(orchard.request({ scope: 'openid email' }).url, session)
    expect(asked.text).toContain('Allow it only if you know <bdi>app.example.com</bdi>.')
    expect(asked.text).toContain('name="decision"')
  })

  test('is an OAuth2 client like others for administrators, who can remove it', async () => {
    const made = await registered()
    const listed = (await ask(`${clients}?_queryFilter=true`)).body.result
    expect(listed).toMatchObject([
      { _id: made.client_id, coreOAuth2ClientConfig: { clientName: ['Orchard'] } },
    ])
    expect(JSON.stringify(listed)).not.toContain(made.client_secret)
    await ask(`${clients}/${made.client_id}`, { method: 'DELETE' })
    expect((await manage('GET', made)).status).toBe(401)
  })

  test('is in the audit trail, without its secret and its token', async () => {
    const made = await registered()
    const { client_id } = made
    const changed = { client_id, ...anApplication, client_name: 'Orchard two' }
    expect((await manage('PUT', made, changed)).status).toBe(200)
    expect((await manage('DELETE', made)).status).toBe(204)
    const events = await audited(ask, '_pageSize=20')
    const text = JSON.stringify(
      events.filter((event: JsonObject) => JSON.stringify(event).includes(String(client_id))),
    )
    for (const operation of ['CREATE', 'UPDATE', 'DELETE']) expect(text).toContain(operation)
    for (const secret of [made.client_secret, made.registration_access_token]) {
      expect(JSON.stringify(events)).not.toContain(secret)
      expect(server.logged()).not.toContain(secret)
    }
  })

  test.each<[string, JsonObject]>([
    ['the scope that verifies callers', { scope: 'back_channel_authentication' }],
    ['the scope that uses results', { scope: 'verification_grant' }],
    ['a scope of administration', { scope: 'openid fr:idm:*' }],
    ['the scope to register others', { scope: 'dynamic_client_registration' }],
    ['a scope that the realm does not support', { scope: 'orders' }],
    ['tokens for itself', { grant_types: ['client_credentials'] }],
    ['codes of devices', { grant_types: ['urn:ietf:params:oauth:grant-type:device_code'] }],
    ['requests to people', { grant_types: ['urn:openid:params:grant-type:ciba'] }],
    ['tokens in addresses', { grant_types: ['implicit'], response_types: ['id_token'] }],
    ['a page over plain http', { redirect_uris: ['http://app.example.com/in'] }],
    ['a scheme of a device', { redirect_uris: ['com.example.app:/in'] }],
    ['a script as address', { redirect_uris: ['javascript:alert(1)'] }],
    ['a wildcard', { redirect_uris: ['https://*.example.com/in'] }],
    ['a fragment', { redirect_uris: ['https://app.example.com/#in'] }],
    ['a user in an address', { redirect_uris: ['https://larkfield.example@evil.example/in'] }],
    ['no address', { redirect_uris: [] }],
    ['plain http after a sign-out', { post_logout_redirect_uris: ['http://app.example.com/out'] }],
    ['the name of the server', { client_name: 'S i d e g a t e' }],
    ['the name of the realm', { client_name: 'ALPHA support' }],
    ['the name of an admin tool', { client_name: 'idmAdminClient' }],
    ['a name with letters that look alike', { client_name: 'Orсhard' }],
    ['the name of the server in other letters', { client_name: 'ЅІԁЕԍАТЕ Sidеgate' }],
    ['a name with a capital I for an l', { client_name: 'S1degate' }],
    ['a name with an invisible letter', { client_name: 'Side\u3164gate' }],
    ['a name that turns around', { client_name: 'Or\u202Echard' }],
    ['a name with a language', { client_name: 'en|Orchard' }],
    ['the value of a variable', { client_name: '&{esv.secret}' }],
    ['a software statement', { software_statement: 'e30.e30.' }],
    ['a sector over plain http', { sector_identifier_uri: 'http://app.example.com/sector' }],
    [
      'keys over plain http',
      { jwks_uri: 'http://127.0.0.1:1/keys', token_endpoint_auth_method: 'private_key_jwt' },
    ],
    [
      'a private key',
      { jwks: { keys: [{ kty: 'EC', d: 'x' }] }, token_endpoint_auth_method: 'private_key_jwt' },
    ],
    ['no key', { token_endpoint_auth_method: 'private_key_jwt' }],
    ['encrypted ID tokens', { id_token_encrypted_response_alg: 'RSA-OAEP' }],
    ['tokens bound to certificates', { tls_client_certificate_bound_access_tokens: true }],
  ])('never gets %s', async (_, metadata) => {
    const { status, body } = await register({ ...anApplication, ...metadata })
    expect(status).toBe(400)
    expect(body.error).toMatch(/^invalid_(client_metadata|redirect_uri|software_statement)$/)
    expect((await ask(`${clients}?_queryFilter=true`)).body.result).toEqual([])
  })

  test('never gets an address of the server itself', async () => {
    const { port, hostname } = new URL(server.url)
    const { body } = await ask(settingsAt)
    const hosts = { ...body, allowedHosts: ['login.example.com:8443'] }
    expect((await ask(settingsAt, { method: 'PUT', body: hosts })).status).toBe(200)
    for (const address of [
      `http://${hostname}:${port}/am/XUI/`,
      `http://localhost:${port}/am/XUI/`,
      `https://localhost.:${port}/am/XUI/`,
      'https://login.example.com/in',
      'https://login.example.com:9000/in',
      'https://login.example.com./in',
    ]) {
      const refused = await register({ ...anApplication, redirect_uris: [address] })
      expect(refused.body.error, address).toBe('invalid_redirect_uri')
    }
    await registered({ ...anApplication, redirect_uris: ['http://localhost:9/in'] })
    expect((await ask(settingsAt, { method: 'PUT', body: { ...hosts, allowedHosts: [] } })).status).toBe(200)
  })

  test('cannot choose its id, its secret or implied consent', async () => {
    const made = await registered({
      ...anApplication,
      client_id: 'desk',
      client_secret: 'chosen',
      is_consent_implied: true,
      allowed_scopes: ['fr:am:*'],
    })
    expect(made.client_id).not.toBe('desk')
    expect(made.client_secret).not.toBe('chosen')
    expect((await ask(`${clients}/${made.client_id}`)).body).toMatchObject({
      coreOAuth2ClientConfig: {
        scopes: ['openid', 'profile', 'email', 'phone', 'address', 'offline_access'],
      },
      advancedOAuth2ClientConfig: { isConsentImplied: false },
    })
  })

  test('cannot take the name of an application of administrators', async () => {
    await new RelyingParty(server.url, 'shop', 'a secret').register({
      core: { clientName: ['Larkfield Orders'] },
    })
    expect((await register({ ...anApplication, client_name: 'larkfield-orders' })).status).toBe(400)
    expect((await register({ ...anApplication, client_name: 'Shop' })).status).toBe(400)
  })

  test.each<[string, Json]>([
    ['with languages', ['en|Larkfield Orders', 'de|Larkfield Bestellungen']],
    ['from a variable', '&{esv.shop.name}'],
    ['that is inherited', { inherited: false, value: ['Larkfield Orders', 'Larkfield Bestellungen'] }],
  ])('cannot take a name %s, also not in letters that look alike', async (_, clientName) => {
    const at = '/environment/variables/esv-shop-name'
    const value = Buffer.from('Larkfield Orders or Larkfield Bestellungen').toString('base64')
    const made = await ask(at, { method: 'PUT', body: { valueBase64: value } })
    expect([200, 201]).toContain(made.status)
    await new RelyingParty(server.url, 'shop', 'a secret').register({ core: { clientName } })
    const plain = clientName === '&{esv.shop.name}' ? 'Larkfield Orders or Larkfield Bestellungen' : undefined
    for (const name of [plain ?? 'Larkfield Orders', plain ?? 'LARKFIELD Bestellungen']) {
      const alike = name.replaceAll('l', '1').replaceAll('o', '0')
      for (const client_name of [name, alike]) {
        expect((await register({ ...anApplication, client_name })).status, client_name).toBe(400)
      }
    }
  })

  test('shares its name with installations of itself only', async () => {
    const made = await registered()
    const elsewhere = { redirect_uris: ['https://other.example.com/in'] }
    await registered()
    expect((await register({ ...anApplication, ...elsewhere })).status).toBe(400)
    expect(
      (await register({ ...anApplication, redirect_uris: [redirectUri, ...elsewhere.redirect_uris] })).status,
    ).toBe(400)
    const other = await registered({ ...elsewhere, client_name: 'Vineyard' })
    const { client_id } = other
    expect((await manage('PUT', other, { client_id, ...elsewhere, client_name: 'ORCHARD' })).status).toBe(400)
    expect((await manage('PUT', made, { client_id: made.client_id, ...anApplication })).status).toBe(200)
  })

  test('loses what the realm no longer lets applications register', async () => {
    const before = { access: 'open', allowsClientCredentials: true, maxPerHour: 1000 }
    await allow(before, { supportedScopes: ['orders', 'stock'] })
    const { client_id, client_secret } = await registered({
      grant_types: ['client_credentials'],
      scope: 'orders stock',
    })
    const token = async (scope: string) => {
      const form = { grant_type: 'client_credentials', scope }
      const basic = Buffer.from(`${client_id}:${client_secret}`).toString('base64')
      const answer = await fetch(`${issuer}/access_token`, {
        method: 'POST',
        headers: { authorization: `Basic ${basic}` },
        body: new URLSearchParams(form),
      })
      return (await answer.json()) as JsonObject
    }
    const both = await token('orders stock')
    expect(both.scope).toBe('orders stock')
    const described = () => send('GET', `${issuer}/tokeninfo`, undefined, String(both.access_token))
    await allow(before, { supportedScopes: ['orders'] })
    expect((await described()).body.scope).toEqual(['orders'])
    expect(await token('stock')).toMatchObject({ error: 'invalid_scope' })
    await allow({ ...before, allowsClientCredentials: false }, { supportedScopes: ['orders'] })
    expect((await token('orders')).error_description).toContain('grant type is not allowed')
  })

  test('gets grant types and scopes that the realm allows', async () => {
    await allow(
      { access: 'open', allowsClientCredentials: true, allowsDevices: true, maxPerHour: 1000 },
      { supportedScopes: ['orders|en|Your orders', ...privileged] },
    )
    const device = 'urn:ietf:params:oauth:grant-type:device_code'
    const made = await registered({ grant_types: ['client_credentials', device], scope: 'orders' })
    expect(made).toMatchObject({ grant_types: ['client_credentials', device], response_types: [] })
    expect((await ask(`${clients}/${made.client_id}`)).body.coreOAuth2ClientConfig.scopes).toEqual([
      'orders|en|Your orders',
    ])
    const unnamed = { redirect_uris: anApplication.redirect_uris, client_name: 'Mill' }
    expect((await registered(unnamed)).scope).toBe('orders')
    expect((await registered({ grant_types: ['client_credentials'] })).scope).toBe('')
    const form = { grant_type: 'client_credentials', scope: 'orders' }
    const basic = Buffer.from(`${made.client_id}:${made.client_secret}`).toString('base64')
    const answer = await fetch(`${issuer}/access_token`, {
      method: 'POST',
      headers: { authorization: `Basic ${basic}` },
      body: new URLSearchParams(form),
    })
    expect(answer.status).toBe(200)
    for (const scope of privileged) {
      expect((await register({ grant_types: ['client_credentials'], scope })).status, scope).toBe(400)
    }
    const open = { grant_types: ['client_credentials'], token_endpoint_auth_method: 'none' }
    expect((await register(open)).status).toBe(400)
  })
})

describe('registration', () => {
  test('is off by default, and then no endpoint', async () => {
    await allow({})
    expect((await register()).status).toBe(404)
    expect(await discovery()).not.toHaveProperty('registration_endpoint')
    await allow({ access: 'open' })
    expect((await discovery()).registration_endpoint).toBe(`${issuer}/register`)
  })

  test('needs an access token with the scope, unless it is open', async () => {
    await allow({ access: 'token', maxPerHour: 1000 })
    const partner = new RelyingParty(server.url, 'partner', 'a secret')
    await partner.register({
      core: { scopes: ['dynamic_client_registration', 'other'] },
      advanced: { grantTypes: ['client_credentials'] },
    })
    const token = async (scope: string) => {
      const form = {
        grant_type: 'client_credentials',
        client_id: 'partner',
        client_secret: 'a secret',
        scope,
      }
      const answer = await fetch(`${issuer}/access_token`, {
        method: 'POST',
        body: new URLSearchParams(form),
      })
      return String(((await answer.json()) as JsonObject).access_token)
    }
    const refused = { status: 401, body: { error: 'invalid_token' } }
    expect(await register()).toMatchObject(refused)
    expect(await register(anApplication, 'wrong')).toMatchObject(refused)
    expect(await register(anApplication, await token('other'))).toMatchObject(refused)
    expect((await register(anApplication, await token('dynamic_client_registration'))).status).toBe(201)
  })

  test('ends at the maximum of applications, also for concurrent requests', async () => {
    await allow({ access: 'open', maxClients: 2, maxPerHour: 1000 })
    const statuses = await Promise.all([1, 2, 3, 4].map(async () => (await register()).status))
    expect(statuses.toSorted()).toEqual([201, 201, 503, 503])
  })

  test('is limited in an hour', async () => {
    await allow({ access: 'open', maxPerHour: 1 })
    const { status, headers } = await register()
    expect(status).toBe(429)
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
  })

  test.each([
    ['text', 'text'],
    ['a list', '[]'],
    ['too much', JSON.stringify({ ...anApplication, more: 'x'.repeat(40_000) })],
  ])('refuses %s', async (_, body) => {
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`${issuer}/register`, { method: 'POST', headers, body })
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ error: 'invalid_client_metadata' })
  })
})

describe('the registration access token', () => {
  test('reads, changes and removes its own client', async () => {
    const made = await registered()
    const { client_secret, client_secret_expires_at, ...readable } = made
    expect(await manage('GET', made)).toMatchObject({ status: 200, body: readable })
    expect((await manage('GET', made)).body).not.toHaveProperty('client_secret')
    const { client_id } = made
    const changed = { client_id, client_secret, redirect_uris: ['https://app.example.com/other'] }
    expect(await manage('PUT', made, changed)).toMatchObject({
      status: 200,
      body: { redirect_uris: changed.redirect_uris, client_secret },
    })
    expect((await manage('GET', made)).body).not.toHaveProperty('client_name')
    expect((await manage('DELETE', made)).status).toBe(204)
    expect((await manage('GET', made)).status).toBe(401)
    expect((await ask(`${clients}/${client_id}`)).status).toBe(404)
  })

  test('is stored as a hash, and works for no other client', async () => {
    const made = await registered()
    const other = await registered()
    const crossed = { ...made, registration_access_token: other.registration_access_token ?? '' }
    for (const method of ['GET', 'DELETE']) expect((await manage(method, crossed)).status).toBe(401)
    const files = readdirSync(server.folder).filter((name) => name.startsWith('sidegate.db'))
    const stored = files.map((name) => readFileSync(join(server.folder, name), 'latin1')).join()
    expect(stored).toContain(made.client_id)
    expect(stored).not.toContain(made.registration_access_token)
    expect(stored).not.toContain(made.client_secret)
    const elsewhere = String(made.registration_client_uri).replace('/realms/alpha', '')
    expect((await send('GET', elsewhere, undefined, String(made.registration_access_token))).status).not.toBe(
      200,
    )
  })

  test.each<[string, JsonObject]>([
    ['another id', { client_id: 'desk' }],
    ['another secret', { client_secret: 'chosen' }],
    ['more rights', { scope: 'back_channel_authentication' }],
    ['another page of the organisation', { client_name: 'Sidegate' }],
  ])('never gives its client %s', async (_, metadata) => {
    const made = await registered()
    const { client_id } = made
    expect((await manage('PUT', made, { client_id, ...anApplication, ...metadata })).status).toBe(400)
  })

  test('ends when an administrator changes the client', async () => {
    const made = await registered()
    const at = `${clients}/${made.client_id}`
    const { body } = await ask(at)
    body.coreOAuth2ClientConfig.status = 'Inactive'
    expect((await ask(at, { method: 'PUT', body })).status).toBe(200)
    const again = { client_id: made.client_id, ...anApplication }
    expect((await manage('PUT', made, again)).status).toBe(401)
    expect((await manage('DELETE', made)).status).toBe(401)
    expect((await ask(at)).body.coreOAuth2ClientConfig.status).toBe('Inactive')
  })

  test('is not given if the realm says so', async () => {
    await allow({ access: 'open', isManaged: false, maxPerHour: 1000 })
    expect(await registered()).not.toHaveProperty('registration_access_token')
  })

  test('ends when the realm turns such tokens off', async () => {
    const made = await registered()
    await allow({ access: 'open', isManaged: false, maxPerHour: 1000 })
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const sent = method === 'PUT' ? { client_id: made.client_id, ...anApplication } : undefined
      expect((await manage(method, made, sent)).status).toBe(401)
    }
    await allow({ access: 'open', maxPerHour: 1000 })
    expect((await manage('GET', made)).status).toBe(200)
  })

  test('is limited in an hour, for its own client', async () => {
    const [made, other] = [await registered(), await registered()]
    for (let read = 0; read < 60; read++) expect((await manage('GET', made)).status).toBe(200)
    const { status, headers } = await manage('PUT', made, { client_id: made.client_id, ...anApplication })
    expect(status).toBe(429)
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await manage('GET', other)).status).toBe(200)
  })
})
