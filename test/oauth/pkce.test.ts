import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { JsonObject } from '../../src/base/json.ts'
import { changeOauthSettings, RelyingParty, redirectUri, visit } from '../support/relying-party.ts'
import { type Ask, asking } from '../support/rest.ts'
import { adminPassword, startServer, type TestServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'

const clients = '/realms/root/realms/alpha/realm-config/agents/OAuth2Client'

let server: TestServer
let ask: Ask
let session: string
beforeAll(async () => {
  server = await startServer()
  ask = asking(server.url, await signIn(server.url, 'amadmin', adminPassword, '/'))
  session = await signIn(server.url, 'alex', 'Alex-Pass-2026')
})
afterAll(() => server.stop())

const withoutChallenge = { code_challenge: '', code_challenge_method: '' }

const isAnswered = async (party: RelyingParty, parameters: Record<string, string> = {}) => {
  const { location } = await visit(party.request(parameters).url, session)
  return location?.searchParams.get('error') ?? 'code'
}

describe('a confidential client', () => {
  const shop = () => new RelyingParty(server.url, 'shop', 'a secret')

  /** Writes the template with what an application needs. */
  async function configure(advanced: JsonObject = {}) {
    const { body } = await ask(`${clients}?_action=template`, { method: 'POST', body: {} })
    const document = {
      ...body,
      coreOAuth2ClientConfig: {
        ...body.coreOAuth2ClientConfig,
        userpassword: 'a secret',
        scopes: ['openid', 'profile'],
        redirectionUris: [redirectUri],
      },
      advancedOAuth2ClientConfig: {
        ...body.advancedOAuth2ClientConfig,
        isConsentImplied: true,
        tokenEndpointAuthMethod: 'client_secret_post',
        ...advanced,
      },
    }
    const { status } = await ask(`${clients}/shop`, { method: 'PUT', body: document })
    expect([200, 201]).toContain(status)
  }

  beforeEach(() => configure())

  test('made from the template gets no code without a challenge', async () => {
    expect(await isAnswered(shop(), withoutChallenge)).toBe('invalid_request')
    expect((await shop().exchange(await shop().code(session))).status).toBe(200)
  })

  test('cannot push a request without a challenge', async () => {
    const form = { response_type: 'code', redirect_uri: redirectUri, scope: 'openid' }
    expect(await shop().post('par', form)).toMatchObject({ status: 400, body: { error: 'invalid_request' } })
  })

  test('gets codes without a challenge if its switch is off, unless the realm requires them', async () => {
    await configure({ requirePkce: { inherited: false, value: false } })
    expect(await isAnswered(shop(), withoutChallenge)).toBe('code')
    await changeOauthSettings(server.url, { requirePkce: true })
    expect(await isAnswered(shop(), withoutChallenge)).toBe('invalid_request')
    await changeOauthSettings(server.url, { requirePkce: false })
  })

  test('keeps what its document says, as of AM’s tools, and a write names it', async () => {
    const imported = new RelyingParty(server.url, 'imported', 'a secret')
    await imported.register()
    expect(await isAnswered(imported, withoutChallenge)).toBe('code')
    const { body } = await ask(`${clients}/imported`)
    expect(body.advancedOAuth2ClientConfig).not.toHaveProperty('requirePkce')
    const findings = async (requirePkce: boolean) => {
      const advanced = { ...body.advancedOAuth2ClientConfig, requirePkce }
      const document = { ...body, advancedOAuth2ClientConfig: advanced }
      const { headers } = await ask(`${clients}/imported`, { method: 'PUT', body: document })
      return headers.get('sidegate-findings')
    }
    expect(await findings(false)).toContain('advancedOAuth2ClientConfig.requirePkce: is not true')
    expect(await findings(true)).toBeNull()
  })
})

test('a public client needs a challenge, whatever its switch', async () => {
  const app = new RelyingParty(server.url, 'app')
  await app.register({ advanced: { requirePkce: false } })
  expect(await isAnswered(app, withoutChallenge)).toBe('invalid_request')
})

test('an application that registered itself needs a challenge, also after it changed', async () => {
  await changeOauthSettings(server.url, { registration: { access: 'open' } })
  const send = async (method: string, url: string, body: JsonObject, token?: string) => {
    const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` }
    const headers = { 'content-type': 'application/json', ...authorization }
    const answer = await fetch(url, { method, headers, body: JSON.stringify(body) })
    return (await answer.json()) as Record<string, string>
  }
  const metadata = { redirect_uris: [redirectUri], requirePkce: false }
  const issuer = `${server.url}/oauth2/realms/root/realms/alpha`
  const made = await send('POST', `${issuer}/register`, metadata)
  const { client_id = '', registration_client_uri = '', registration_access_token } = made
  const party = new RelyingParty(server.url, client_id, made.client_secret)
  expect(await isAnswered(party, { ...withoutChallenge, scope: 'openid' })).toBe('invalid_request')
  await send('PUT', registration_client_uri, { client_id, ...metadata }, registration_access_token)
  expect(await isAnswered(party, { ...withoutChallenge, scope: 'openid' })).toBe('invalid_request')
})
