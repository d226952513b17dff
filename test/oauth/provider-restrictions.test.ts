import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { JsonObject } from '../../src/base/json.ts'
import { adminToken } from '../support/admin-tokens.ts'
import { RelyingParty, visit } from '../support/relying-party.ts'
import { type Ask, asking } from '../support/rest.ts'
import { adminPassword, startServer, type TestServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'

const at = (realm: string) => `/realms/root${realm}/realm-config/services/oauth-oidc`
const code = 'code|org.forgerock.oauth2.core.AuthorizationCodeResponseTypeHandler'
const idToken = 'id_token|org.forgerock.openidconnect.IdTokenResponseTypeHandler'

let server: TestServer
let ask: Ask
let session: string
let shop: RelyingParty

beforeAll(async () => {
  server = await startServer()
  ask = asking(server.url, await signIn(server.url, 'amadmin', adminPassword, '/'))
  session = await signIn(server.url, 'alex', 'Alex-Pass-2026')
  shop = new RelyingParty(server.url, 'shop', 'a secret')
  await shop.register({
    advanced: {
      grantTypes: ['authorization_code', 'refresh_token', 'implicit', 'client_credentials'],
      responseTypes: ['code', 'id_token'],
    },
  })
})
afterAll(() => server.stop())
afterEach(() => ask(at('/realms/alpha'), { method: 'DELETE' }))

async function restrict(body: JsonObject, realm = '/realms/alpha') {
  const { status } = await ask(at(realm), { method: 'PUT', body })
  expect(status).toBe(200)
}

async function problemOf(parameters: Record<string, string>): Promise<string | undefined> {
  const { location } = await visit(withoutVerifier(parameters), session)
  const { searchParams = new URLSearchParams(), hash = '' } = location ?? {}
  return searchParams.get('error') ?? new URLSearchParams(hash.slice(1)).get('error') ?? undefined
}

function withoutVerifier(parameters: Record<string, string> = {}): string {
  const url = new URL(shop.request(parameters).url)
  url.searchParams.delete('code_challenge')
  url.searchParams.delete('code_challenge_method')
  return url.href
}

const askToken = async () => {
  const form = {
    grant_type: 'client_credentials',
    client_id: 'shop',
    client_secret: 'a secret',
    scope: 'reports',
  }
  const answer = await fetch(`${shop.issuer}/access_token`, {
    method: 'POST',
    body: new URLSearchParams(form),
  })
  return answer.status
}

test('grant types that the realm does not list are refused to all clients', async () => {
  expect(await askToken()).toBe(200)
  await restrict({ advancedOAuth2Config: { grantTypes: ['authorization_code'] } })
  expect(await askToken()).toBe(400)
  const { body } = await shop.exchange(await shop.code(session))
  expect(body).toHaveProperty('access_token')
  expect(body).not.toHaveProperty('refresh_token')
})

test('response types that the realm does not list are refused to all clients', async () => {
  const asked = { response_type: 'id_token', nonce: 'n-123456' }
  expect(await problemOf(asked)).toBeUndefined()
  await restrict({ advancedOAuth2Config: { responseTypeClasses: [code] } })
  expect(await problemOf(asked)).toBeDefined()
  await restrict({ advancedOAuth2Config: { responseTypeClasses: [code, idToken] } })
  expect(await problemOf(asked)).toBeUndefined()
})

test('no client gets refresh tokens if the realm issues none', async () => {
  expect((await shop.exchange(await shop.code(session))).body).toHaveProperty('refresh_token')
  await restrict({ coreOAuth2Config: { issueRefreshToken: false } })
  expect((await shop.exchange(await shop.code(session))).body).not.toHaveProperty('refresh_token')
})

test('confidential clients prove their codes, too, if the realm enforces a code verifier', async () => {
  const asked = () => problemOf({})
  expect(await asked()).toBeUndefined()
  await restrict({ advancedOAuth2Config: { codeVerifierEnforced: 'true' } })
  expect(await asked()).toBe('invalid_request')
})

test('people are asked if clients must not skip consent', async () => {
  const alone = new RelyingParty(server.url, 'alone', 'a secret')
  await alone.register()
  await restrict({ consent: { clientsCanSkipConsent: false } })
  expect((await visit(alone.request().url, session)).text).toContain('name="decision"')
})

test('requests must be pushed if the provider service says so', async () => {
  await restrict({ advancedOAuth2Config: { requirePushedAuthorizationRequests: true } })
  const { location } = await visit(shop.request().url, session)
  expect(location?.searchParams.get('error_description')).toBe('Pushed Authorization Request must be used')
})

test('the lifetimes of the device flow are those of the provider service', async () => {
  const tv = new RelyingParty(server.url, 'tv')
  await tv.register({ advanced: { grantTypes: ['urn:ietf:params:oauth:grant-type:device_code'] } })
  await restrict({ deviceCodeConfig: { deviceCodeLifetime: 120, devicePollInterval: 7 } })
  const body = new URLSearchParams({ client_id: 'tv', scope: 'openid' })
  const answer = await fetch(`${tv.issuer}/device/code`, { method: 'POST', body })
  expect(await answer.json()).toMatchObject({ expires_in: 120, interval: 7 })
})

test('discovery announces the supported scopes', async () => {
  await restrict({ advancedOAuth2Config: { supportedScopes: ['profile|Your profile', 'orders'] } })
  const answer = await fetch(`${shop.issuer}/.well-known/openid-configuration`)
  expect(await answer.json()).toMatchObject({ scopes_supported: ['openid', 'profile', 'orders'] })
})

test('the clients of the admin tools go on working in a restricted root realm', async () => {
  await restrict(
    {
      advancedOAuth2Config: { grantTypes: ['client_credentials'], responseTypeClasses: [idToken] },
      consent: { clientsCanSkipConsent: false },
    },
    '',
  )
  const administrator = await signIn(server.url, 'amadmin', adminPassword, '/')
  expect(await adminToken(server.url, administrator, { scope: 'fr:idm:*' })).toMatch(/./)
  await ask(at(''), { method: 'DELETE' })
})
