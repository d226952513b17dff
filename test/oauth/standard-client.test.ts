import * as openid from 'openid-client'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { cibaGrantType } from '../../src/oauth/endpoints.ts'
import { backchannel } from '../support/backchannel-client.ts'
import { callerSignsIn } from '../support/help-desk-play.ts'
import { startMailServer } from '../support/mail-server.ts'
import { changeOauthSettings, RelyingParty, redirectUri, visit } from '../support/relying-party.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'

const signedOutAt = 'https://app.example.com/signed-out'

let server: TestServer
let session: string

beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())
beforeEach(async () => {
  session = await signIn(server.url, 'alex', 'Alex-Pass-2026')
})

const proofs: [string, openid.ClientAuth | undefined, string | undefined][] = [
  ['client_secret_basic', openid.ClientSecretBasic('shop secret+1'), 'shop secret+1'],
  ['client_secret_post', openid.ClientSecretPost('shop secret+1'), 'shop secret+1'],
  ['none', openid.None(), undefined],
]

describe.each(proofs)('openid-client with %s', (method, proof, secret) => {
  let client: openid.Configuration

  beforeAll(async () => {
    const party = new RelyingParty(server.url, `shop-${method}`, secret)
    await party.register({
      advanced: { tokenEndpointAuthMethod: method, grantTypes: ['authorization_code', 'refresh_token'] },
      openId: { postLogoutRedirectUri: [signedOutAt] },
    })
    client = await openid.discovery(new URL(party.issuer), party.id, undefined, proof, {
      execute: [openid.allowInsecureRequests],
    })
  })

  test('signs a person in and validates all responses', async () => {
    const pkceCodeVerifier = openid.randomPKCECodeVerifier()
    const expectedState = openid.randomState()
    const expectedNonce = openid.randomNonce()
    const address = openid.buildAuthorizationUrl(client, {
      redirect_uri: redirectUri,
      scope: 'openid profile email',
      code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
      state: expectedState,
      nonce: expectedNonce,
      max_age: '600',
    })
    const { location } = await visit(address.href, session)
    if (location === undefined) throw new Error('the request was not answered')
    const checks = { pkceCodeVerifier, expectedState, expectedNonce, maxAge: 600, idTokenExpected: true }
    const tokens = await openid.authorizationCodeGrant(client, location, checks)
    const claims = tokens.claims()
    expect(claims).toMatchObject({ sid: expect.any(String), amr: ['pwd'] })

    const person = await openid.fetchUserInfo(client, tokens.access_token, claims?.sub ?? '')
    expect(person).toMatchObject({ name: 'Alex Caller', email: 'alex@example.com' })

    const renewed = await openid.refreshTokenGrant(client, tokens.refresh_token ?? '')
    expect(renewed.claims()?.sub).toBe(claims?.sub)
    if (method !== 'none') {
      const introspection = await openid.tokenIntrospection(client, renewed.access_token)
      expect(introspection).toMatchObject({ active: true, sub: claims?.sub })
    }

    const leave = openid.buildEndSessionUrl(client, {
      id_token_hint: renewed.id_token ?? '',
      post_logout_redirect_uri: signedOutAt,
    })
    expect((await visit(leave.href, session)).location?.href).toBe(signedOutAt)
    await expect(openid.refreshTokenGrant(client, renewed.refresh_token ?? '')).rejects.toMatchObject({
      error: 'invalid_grant',
    })
  })

  test('refreshes with each token once; an old token revokes all', async () => {
    const party = new RelyingParty(server.url, `shop-${method}`, secret)
    const { refresh_token: first } = await party.tokens(session)
    const { refresh_token: second = '' } = await openid.refreshTokenGrant(client, first)
    expect(second).not.toBe(first)
    for (const token of [first, second]) {
      await expect(openid.refreshTokenGrant(client, token)).rejects.toMatchObject({ error: 'invalid_grant' })
    }
  })

  test('revokes a token', async () => {
    const party = new RelyingParty(server.url, `shop-${method}`, secret)
    const { access_token } = await party.tokens(session)
    await openid.tokenRevocation(client, access_token)
    expect((await party.userinfo(access_token)).status).toBe(401)
  })
})

describe('openid-client with CIBA', () => {
  let mail: Awaited<ReturnType<typeof startMailServer>>
  let bankServer: TestServer
  let client: openid.Configuration

  beforeAll(async () => {
    mail = await startMailServer()
    bankServer = await startServer({ smtpUrl: mail.url, mailFrom: 'Desk <desk@example.com>' })
    await changeOauthSettings(bankServer.url, { ciba: { journey: 'VerifyCaller', pollSeconds: 1 } })
    const bank = new RelyingParty(bankServer.url, 'bank', 'a secret of the bank')
    await bank.register({ advanced: { grantTypes: [cibaGrantType] } })
    const proof = openid.ClientSecretPost('a secret of the bank')
    client = await openid.discovery(new URL(bank.issuer), bank.id, undefined, proof, {
      execute: [openid.allowInsecureRequests],
    })
  })
  afterAll(async () => {
    await bankServer.stop()
    await mail.stop()
  })

  /** Sends a request and takes the transaction from the email. */
  async function sendRequest() {
    const count = mail.mails.length
    const waiting = await openid.initiateBackchannelAuthentication(client, {
      scope: 'openid profile',
      login_hint: 'alex',
      binding_message: 'Order 4711',
    })
    const { body } = await mail.arrived(count + 1)
    return { waiting, transaction: /authIndexValue=([\w-]+)/.exec(body)?.[1] ?? '' }
  }

  test('waits for the approval and gets tokens', async () => {
    const { waiting, transaction } = await sendRequest()
    const polling = openid.pollBackchannelAuthenticationGrant(client, waiting)
    await callerSignsIn(bankServer.url, transaction)
    const tokens = await polling
    const sub = tokens.claims()?.sub ?? ''
    expect(await openid.fetchUserInfo(client, tokens.access_token, sub)).toMatchObject({
      name: 'Alex Caller',
    })
  })

  test('gets access_denied after "this is not me"', async () => {
    const { waiting, transaction } = await sendRequest()
    await backchannel(bankServer.url, 'reject', { transaction })
    await expect(openid.pollBackchannelAuthenticationGrant(client, waiting)).rejects.toMatchObject({
      error: 'access_denied',
    })
  })
})

test('endpoints of programs answer errors in JSON, also to Java, which prefers HTML', async () => {
  const { issuer } = new RelyingParty(server.url, 'anybody')
  const described = await (await fetch(`${issuer}/.well-known/openid-configuration`)).json()
  const accept = 'text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2'
  const pages = new Set([described.authorization_endpoint, described.end_session_endpoint])
  const endpoints = Object.entries<string>(described)
    .filter(([name, value]) => name.endsWith('_endpoint') && !pages.has(value))
    .map(([, value]) => value)
  expect(endpoints.length).toBeGreaterThan(6)
  for (const endpoint of endpoints) {
    const answer = await fetch(endpoint, { method: 'POST', headers: { accept }, body: new URLSearchParams() })
    expect(answer.status, endpoint).toBeGreaterThanOrEqual(400)
    expect(await answer.json(), endpoint).toMatchObject({ error: expect.any(String) })
  }
  const page = await fetch(described.authorization_endpoint, { headers: { accept } })
  expect(page.headers.get('content-type')).toMatch('text/html')
})

test('a client without default scopes must ask for one to get a token of its own', async () => {
  const robot = new RelyingParty(server.url, 'robot', 'a secret of the robot')
  await robot.register({
    core: { scopes: ['reports'] },
    advanced: { grantTypes: ['client_credentials'], responseTypes: [] },
  })
  const ask = (form: Record<string, string>) =>
    robot.post('access_token', { grant_type: 'client_credentials', ...form })
  expect(await ask({})).toMatchObject({ status: 400, body: { error: 'invalid_scope' } })
  expect((await ask({ scope: 'reports' })).body.scope).toBe('reports')
})
