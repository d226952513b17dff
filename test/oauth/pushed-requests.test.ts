import * as openid from 'openid-client'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { RelyingParty, redirectUri, visit } from '../support/relying-party.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { authenticate, signIn } from '../support/wire.ts'

const secret = 'a secret of the shop'

let server: TestServer
let session: string
let shop: RelyingParty

beforeAll(async () => {
  server = await startServer()
  shop = new RelyingParty(server.url, 'shop', secret)
  const advanced = { require_pushed_authorization_requests: true }
  await shop.register({ advanced })
  await new RelyingParty(server.url, 'asks', secret).register({ advanced: { isConsentImplied: false } })
  await new RelyingParty(server.url, 'other').register()
})
afterAll(() => server.stop())
beforeEach(async () => {
  session = await signIn(server.url, 'alex', 'Alex-Pass-2026')
})

/** Pushes a request and returns the address for the browser. */
async function pushed(party: RelyingParty, parameters: Record<string, string> = {}) {
  const { url, verifier } = party.request(parameters)
  const { status, body } = await party.post('par', Object.fromEntries(new URL(url).searchParams))
  if (status !== 201) throw new Error(`not pushed: ${JSON.stringify(body)}`)
  const query = new URLSearchParams({ client_id: party.id, request_uri: body.request_uri })
  return { url: `${party.issuer}/authorize?${query}`, verifier, ...body }
}

test('openid-client pushes a request and signs a person in', async () => {
  const client = await openid.discovery(
    new URL(shop.issuer),
    shop.id,
    undefined,
    openid.ClientSecretPost(secret),
    { execute: [openid.allowInsecureRequests] },
  )
  const pkceCodeVerifier = openid.randomPKCECodeVerifier()
  const address = await openid.buildAuthorizationUrlWithPAR(client, {
    redirect_uri: redirectUri,
    scope: 'openid profile',
    code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  })
  expect([...address.searchParams.keys()].sort()).toEqual(['client_id', 'request_uri'])
  const { location } = await visit(address.href, session)
  const tokens = await openid.authorizationCodeGrant(client, location ?? new URL('about:blank'), {
    pkceCodeVerifier,
    idTokenExpected: true,
  })
  expect(tokens.claims()?.sub).toEqual(expect.any(String))
  expect((await visit(address.href, session)).text).toContain('invalid_request_uri')
})

test('a pushed request outlives the sign-in, and its parameters stay on the server', async () => {
  const { url, verifier } = await pushed(shop)
  const { location } = await visit(url)
  const goto = location?.searchParams.get('goto') ?? ''
  expect([...new URL(goto).searchParams.keys()].sort()).toEqual(['client_id', 'request_uri'])
  const headers = { 'x-openam-username': 'alex', 'x-openam-password': 'Alex-Pass-2026' }
  const { body } = await authenticate(server.url, { query: `?${new URLSearchParams({ goto })}`, headers })
  const back = await visit(goto, String(body.tokenId))
  const code = back.location?.searchParams.get('code') ?? ''
  expect((await shop.exchange({ code, verifier })).status).toBe(200)
})

test('a pushed request gives one code, however often it is opened', async () => {
  const { url } = await pushed(shop)
  const gotos: string[] = []
  for (const _visit of [1, 2, 3]) gotos.push((await visit(url)).location?.searchParams.get('goto') ?? '')
  expect(new Set(gotos)).toEqual(new Set([url]))
  const answers = await Promise.all([...gotos, url].map((address) => visit(address, session)))
  const codes = answers.filter(({ location }) => location?.searchParams.has('code'))
  expect(codes).toHaveLength(1)
})

test('a pushed request with prompt=login asks once', async () => {
  const { url } = await pushed(shop, { prompt: 'login' })
  const goto = (await visit(url, session)).location?.searchParams.get('goto') ?? ''
  expect((await visit(goto, session)).location?.pathname).toBe('/am/XUI/')
  const again = await signIn(server.url, 'alex', 'Alex-Pass-2026')
  expect((await visit(goto, again)).location?.searchParams.get('code')).toEqual(expect.any(String))
})

test('a decision on the consent page answers the pushed request', async () => {
  const asks = new RelyingParty(server.url, 'asks', secret)
  const { text } = await visit((await pushed(asks)).url, session)
  const fields = [...text.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)].map(
    ([, name = '', value = '']): [string, string] => [name, value],
  )
  expect(fields.map(([name]) => name).sort()).toEqual(['client_id', 'csrf', 'request_uri'])
  const decide = (decision: string, changed: Record<string, string> = {}) =>
    visit(`${asks.issuer}/authorize`, session, {
      method: 'POST',
      body: new URLSearchParams({ ...Object.fromEntries(fields), decision, ...changed }),
    })
  expect((await decide('allow', { csrf: 'x' })).location).toBeUndefined()
  expect((await decide('allow')).location?.searchParams.get('code')).toEqual(expect.any(String))
})

describe('refused is', () => {
  test('a request through the browser, if the client must push', async () => {
    const { location } = await visit(shop.request().url, session)
    expect(location?.searchParams.get('error')).toBe('invalid_request')
  })

  test('the address of another client, even with parameters', async () => {
    const { url } = await pushed(shop)
    const stolen = new URL(url)
    stolen.searchParams.set('client_id', 'other')
    const { location } = await visit(stolen.href, session)
    expect(location?.searchParams.get('error')).toBe('invalid_request_object')
    expect(location?.searchParams.has('code')).toBe(false)
  })

  test('a pushed request without the client’s secret, and an address of elsewhere', async () => {
    const fields = Object.fromEntries(new URL(shop.request().url).searchParams)
    const wrong = new RelyingParty(server.url, 'shop', 'wrong')
    expect(await wrong.post('par', fields)).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
    const elsewhere = shop.request({ request_uri: 'https://evil.example.com/request' })
    expect((await visit(elsewhere.url, session)).location?.searchParams.get('error')).toBe(
      'request_uri_not_supported',
    )
  })
})
