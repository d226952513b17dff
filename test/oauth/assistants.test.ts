import { createHash, randomBytes } from 'node:crypto'
import { generateKeyPair } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { deviceGrantType } from '../../src/oauth/endpoints.ts'
import { askForCode, bearer, postToken } from '../support/admin-tokens.ts'
import { formOf, submit } from '../support/device.ts'
import { proofBy } from '../support/dpop.ts'
import { RelyingParty, visit } from '../support/relying-party.ts'
import { asking } from '../support/rest.ts'
import { adminPassword, startServer, type TestServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'

// The sign-in of aic-mcp-server 0.3.0, which the package registry doesn't have: its requests, in its order.

let server: TestServer
let session: string
let ahead = 0

beforeAll(async () => {
  server = await startServer({}, { now: () => Date.now() + ahead })
  session = await signIn(server.url, 'amadmin', adminPassword, '/')
})
afterAll(() => server.stop())

const client = 'AICMCPClient'
const scope = 'fr:am:* fr:idm:* fr:idc:esv:read fr:idc:esv:update fr:idc:monitoring:*'
const redirectUri = 'http://localhost:3000'
/** As a browser sends it that a program opened. */
const opened = { 'sec-fetch-mode': 'navigate', 'sec-fetch-site': 'none' }

const newVerifier = () => randomBytes(32).toString('base64url')
const challengeOf = (verifier: string) => createHash('sha256').update(verifier).digest('base64url')

function authorization(verifier: string, more: Record<string, string> = {}): string {
  const parameters = new URLSearchParams({
    response_type: 'code',
    client_id: client,
    scope,
    redirect_uri: redirectUri,
    code_challenge: challengeOf(verifier),
    code_challenge_method: 'S256',
    state: 'ours',
    ...more,
  })
  return `${server.url}/oauth2/authorize?${parameters}`
}

/** What the browser does after the program opened it, up to the program's own address. */
async function allowed(verifier: string, by = session) {
  const asked = await visit(authorization(verifier), by, { headers: opened })
  return { asked, answer: await submit(formOf(asked.text), { decision: 'allow' }, by) }
}

async function primaryToken(headers: Record<string, string> = {}): Promise<string> {
  const verifier = newVerifier()
  const { answer } = await allowed(verifier)
  const code = answer.location?.searchParams.get('code') ?? ''
  const form = {
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
    client_id: client,
  }
  const { status, body } = await postToken(server.url, form, { headers })
  expect({ status, ...body }).toMatchObject({ status: 200, scope })
  return body.access_token
}

function exchange(subject_token: string, scope: string, more: Record<string, string> = {}) {
  return postToken(server.url, {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token,
    subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    requested_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    scope,
    client_id: 'AICMCPExchangeClient',
    ...more,
  })
}

const statusOf = async (token: string, path: string) =>
  (await fetch(`${new URL(server.url).origin}${path}`, { headers: bearer(token) })).status

const scripts = '/am/json/alpha/realm-config/authentication/authenticationtrees/trees?_queryFilter=true'
const variables = '/environment/variables'

describe('in a browser of the same computer', () => {
  test('a program gets a token, and narrower ones for it', async () => {
    const verifier = newVerifier()
    const { asked, answer } = await allowed(verifier)
    expect(asked.text).toContain(client)
    expect(answer.location?.origin).toBe(redirectUri)
    expect(answer.location?.searchParams.get('state')).toBe('ours')
    const primary = await primaryToken()
    const { status, body } = await exchange(primary, 'fr:am:*')
    expect({ status, ...body }).toMatchObject({ status: 200, scope: 'fr:am:*', token_type: 'Bearer' })
    expect(body.expires_in).toBeLessThanOrEqual(899)
    expect(await statusOf(body.access_token, scripts)).toBe(200)
    expect(await statusOf(body.access_token, variables)).toBe(403)
  })

  test('nobody gets a code by following a link alone, also after they allowed one', async () => {
    await primaryToken()
    const { status, location, text } = await visit(authorization(newVerifier()), session, { headers: opened })
    expect([status, location]).toEqual([200, undefined])
    expect(text).toContain('name="decision"')
    const silent = await visit(authorization(newVerifier(), { prompt: 'none' }), session, { headers: opened })
    expect(silent.location?.searchParams.get('error')).toBe('consent_required')
  })

  test('other applications ask once', async () => {
    const shop = new RelyingParty(server.url, 'shop')
    await shop.register({ advanced: { isConsentImplied: false } })
    const person = await signIn(server.url, 'alex', 'Alex-Pass-2026')
    const asked = await visit(shop.request().url, person)
    await submit(formOf(asked.text), { decision: 'allow' }, person)
    expect((await visit(shop.request().url, person)).location?.searchParams.get('code')).toBeTruthy()
  })

  test('another address gets no code', async () => {
    const wanted = authorization(newVerifier(), { redirect_uri: 'http://localhost:3000/else' })
    expect((await visit(wanted, session, { headers: opened })).location).toBeUndefined()
  })

  test('people without a role get no code', async () => {
    const answer = await asking(server.url, session)('/openidm/managed/user?_action=create', {
      method: 'POST',
      body: {
        userName: 'plain',
        givenName: 'P',
        sn: 'Lain',
        mail: 'p@example.com',
        password: 'Plain-Person-2026',
      },
    })
    expect(answer.status).toBe(201)
    const plain = await signIn(server.url, 'plain', 'Plain-Person-2026', '/')
    const asked = await visit(authorization(newVerifier()), plain, { headers: opened })
    expect(asked.location?.searchParams.get('error')).toBe('access_denied')
  })
})

describe('token exchange', () => {
  test('never adds a scope', async () => {
    const narrow = (await exchange(await primaryToken(), 'fr:idm:*')).body.access_token
    expect((await exchange(await primaryToken(), 'fr:idc:promotion:*')).body.error).toBe('invalid_scope')
    expect((await exchange(await primaryToken(), '')).body.error).toBe('invalid_scope')
    // A narrowed token isn't one of the client that people sign in to.
    expect((await exchange(narrow, 'fr:am:*')).status).toBe(401)
  })

  test('refuses a token that is bound to a key, which administers nothing as a bearer token either', async () => {
    const keys = await generateKeyPair('ES256')
    const bound = await primaryToken({
      dpop: await proofBy(keys, { htu: `${server.url}/oauth2/realms/root/access_token` }),
    })
    expect((await exchange(bound, 'fr:am:*')).status).toBe(401)
    expect(await statusOf(bound, scripts)).toBe(401)
  })

  test('refuses tokens of other applications, and asks the program to sign in again', async () => {
    const ask = { scope: 'fr:am:*' }
    const { code, verifier, redirectUri } = await askForCode(server.url, session, ask)
    const other = await postToken(server.url, {
      grant_type: 'authorization_code',
      client_id: 'idmAdminClient',
      code: code ?? '',
      redirect_uri: redirectUri,
      code_verifier: verifier,
    })
    expect(other.status).toBe(200)
    for (const token of [other.body.access_token, 'made-up', ''])
      expect((await exchange(token, 'fr:am:*')).status).toBe(401)
  })

  test('refuses tokens of another kind, and other clients', async () => {
    const primary = await primaryToken()
    const type = { requested_token_type: 'urn:ietf:params:oauth:token-type:id_token' }
    expect((await exchange(primary, 'fr:am:*', type)).body.error).toBe('invalid_request')
    expect((await exchange(primary, 'fr:am:*', { client_id: client })).body.error).toBe('invalid_request')
  })

  test('its tokens end with the token that they were made from, and with the session', async () => {
    const own = await signIn(server.url, 'amadmin', adminPassword, '/')
    const before = session
    session = own
    const primary = await primaryToken()
    ahead += 800_000
    const { access_token, expires_in } = (await exchange(primary, 'fr:am:*')).body
    expect(expires_in).toBeLessThanOrEqual(100)
    expect(await statusOf(access_token, scripts)).toBe(200)
    await asking(server.url, own)('/realms/root/sessions?_action=logout', { method: 'POST' })
    expect(await statusOf(access_token, scripts)).toBe(401)
    session = before
    ahead = 0
  })
})

describe('in a container, by device code', () => {
  const ask = () =>
    fetch(`${server.url}/oauth2/device/code`, {
      method: 'POST',
      body: new URLSearchParams({
        client_id: client,
        scope,
        code_challenge: challengeOf('x'.repeat(43)),
        code_challenge_method: 'S256',
      }),
    })
  const poll = (device_code: string) =>
    postToken(server.url, {
      grant_type: deviceGrantType,
      device_code,
      client_id: client,
      code_verifier: 'x'.repeat(43),
    })
  const page = () => `${server.url}/oauth2/realms/root/device/user`
  const typed = async (code: string, by: string) =>
    submit(formOf((await visit(page(), by)).text), { user_code: code }, by)

  test('a program gets no code until an administrator turns it on', async () => {
    expect(await (await ask()).json()).toMatchObject({
      error: 'invalid_request',
      error_description: expect.stringContaining('is not allowed for this client'),
    })
  })

  test('an administrator types the code that the address shows, after a recent sign-in', async () => {
    await asking(server.url, session)('/realms/root/realm-config/settings', {
      method: 'PUT',
      body: { oauth: { device: { allowsAssistants: true } } },
    })
    const { verification_uri_complete, user_code, device_code } = (await (await ask()).json()) as Record<
      string,
      string
    >
    const { pathname, search, hash } = new URL(verification_uri_complete ?? '')
    expect([pathname, search, hash]).toEqual(['/d', '', `#${user_code}`])
    const code = user_code ?? ''
    const plain = await signIn(server.url, 'plain', 'Plain-Person-2026', '/')
    expect((await typed(code, plain)).text).toContain('id="problem"')
    const { text } = await typed(code, session)
    expect(text).toContain(client)
    await submit(formOf(text), { decision: 'allow' }, session)
    const { status, body } = await poll(device_code ?? '')
    expect({ status, ...body }).toMatchObject({ status: 200, scope })
    const narrow = (await exchange(body.access_token, 'fr:am:*')).body.access_token
    expect(await statusOf(narrow, scripts)).toBe(200)
  })

  test('an old sign-in allows nothing', async () => {
    const old = await signIn(server.url, 'amadmin', adminPassword, '/')
    ahead += 20 * 60_000
    const { user_code = '' } = (await (await ask()).json()) as Record<string, string>
    const answer = await typed(user_code, old)
    expect([answer.status, answer.location?.searchParams.get('ForceAuth')]).toEqual([303, 'true'])
    ahead = 0
  })
})
