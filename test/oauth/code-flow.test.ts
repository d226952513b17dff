import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sessionCookie } from '../../src/engine/server-cookies.ts'
import { claimsIn, RelyingParty, redirectUri, visit } from '../support/relying-party.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { authenticate, signIn } from '../support/wire.ts'

let server: TestServer
let url: string
let web: RelyingParty
let session: string

beforeAll(async () => {
  server = await startServer()
  url = server.url
  web = new RelyingParty(url, 'web')
  await web.register()
  session = await signIn(url, 'alex', 'Alex-Pass-2026')
})
afterAll(() => server.stop())

describe('a person with a session', () => {
  test('gets a code at once, and the application gets tokens about the session', async () => {
    const { url: address, verifier } = web.request()
    const { status, location, headers } = await visit(address, session)
    expect(status).toBe(302)
    expect(location?.href.startsWith(redirectUri)).toBe(true)
    expect(Object.fromEntries(location?.searchParams ?? [])).toEqual({
      code: expect.any(String),
      state: 'state-1',
      iss: web.issuer,
    })
    expect(headers.get('set-cookie')).toBeNull()
    const tokens = await web.exchange({ code: location?.searchParams.get('code') ?? '', verifier })
    expect(tokens).toEqual({
      status: 200,
      body: {
        access_token: expect.any(String),
        refresh_token: expect.any(String),
        id_token: expect.any(String),
        expires_in: 3600,
        token_type: 'Bearer',
        scope: 'openid profile',
      },
    })
    const claims = claimsIn(tokens.body.id_token)
    expect(claims).toMatchObject({ iss: web.issuer, aud: 'web', nonce: 'nonce-1', amr: ['pwd'] })
    expect(claims).not.toHaveProperty('acr')
    expect(Math.abs(Number(claims.auth_time) * 1000 - Date.now())).toBeLessThan(60_000)
    expect(await web.userinfo(tokens.body.access_token)).toEqual({
      status: 200,
      body: {
        sub: claims.sub,
        name: 'Alex Caller',
        given_name: 'Alex',
        family_name: 'Caller',
        preferred_username: 'alex',
        updated_at: expect.any(Number),
      },
    })
  })

  test('can send the session in a header, as apps without cookies do', async () => {
    const answer = await visit(web.request().url, undefined, { headers: { [sessionCookie]: session } })
    expect(answer.location?.searchParams.get('code')).toEqual(expect.any(String))
  })

  test('gets a code for a POST with the decision, as the vendor’s clients send it', async () => {
    const { url: address } = web.request()
    const { origin, pathname, searchParams } = new URL(address)
    const body = new URLSearchParams([...searchParams, ['decision', 'allow'], ['csrf', session]])
    const answer = await visit(origin + pathname, session, { method: 'POST', body })
    expect(answer.location?.searchParams.get('code')).toEqual(expect.any(String))
  })

  test('of another realm must sign in', async () => {
    const administrator = await signIn(url, 'amadmin', 'Admin-Pass-2026', '/')
    const { location } = await visit(web.request().url, administrator)
    expect(location?.pathname).toBe('/am/XUI/')
  })

  test('gets the client’s own scopes with and without standard scopes', async () => {
    expect((await web.tokens(session, { scope: 'openid reports' })).scope).toBe('openid reports')
    const { code, verifier } = await web.code(session, { scope: 'reports', nonce: '' })
    const { body } = await web.exchange({ code, verifier })
    expect(body.scope).toBe('reports')
    expect(body).not.toHaveProperty('id_token')
  })
})

describe('a person without a session', () => {
  test('is sent to the sign-in page, which returns to the request', async () => {
    const { location } = await visit(web.request().url)
    expect(location?.pathname).toBe('/am/XUI/')
    expect([...(location?.searchParams.keys() ?? [])]).toEqual(['realm', 'goto'])
    expect(location?.searchParams.get('realm')).toBe('/alpha')
    const goto = location?.searchParams.get('goto') ?? ''
    const { body } = await authenticate(url, {
      query: `?${new URLSearchParams({ goto })}`,
      headers: { 'x-openam-username': 'alex', 'x-openam-password': 'Alex-Pass-2026' },
    })
    expect(body.successUrl).toBe(goto)
    const back = await visit(goto, String(body.tokenId))
    expect(back.location?.href).toMatch(/^https:\/\/app\.example\.com\/signed-in\?code=/)
    expect(back.location?.searchParams.get('state')).toBe('state-1')
  })

  test('gets an error for prompt=none', async () => {
    const { location } = await visit(web.request({ prompt: 'none' }).url)
    expect(location?.href.startsWith(redirectUri)).toBe(true)
    expect(Object.fromEntries(location?.searchParams ?? [])).toMatchObject({
      error: 'interaction_required',
      error_description: expect.any(String),
      state: 'state-1',
    })
    expect(
      (await visit(web.request({ prompt: 'none' }).url, session)).location?.searchParams.has('code'),
    ).toBe(true)
  })
})
