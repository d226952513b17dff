import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { RelyingParty, visit } from '../support/relying-party.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'

const signedOutAt = 'https://app.example.com/signed-out'

let server: TestServer
let url: string
let web: RelyingParty
let session: string

beforeAll(async () => {
  server = await startServer()
  url = server.url
  web = new RelyingParty(url, 'web')
  await web.register({
    core: { scopes: ['openid', 'profile', 'offline_access'] },
    openId: { postLogoutRedirectUri: [signedOutAt] },
  })
})
afterAll(() => server.stop())
beforeEach(async () => {
  session = await signIn(url, 'alex', 'Alex-Pass-2026')
})

const endSession = (parameters: Record<string, string>, by?: string, accept = 'text/html') =>
  visit(`${web.issuer}/connect/endSession?${new URLSearchParams(parameters)}`, by, { headers: { accept } })

async function isSignedIn(token: string): Promise<boolean> {
  const answer = await fetch(`${url}/json/realms/root/realms/alpha/sessions?_action=validate`, {
    method: 'POST',
    headers: { iplanetdirectorypro: token, 'accept-api-version': 'resource=2.0' },
  })
  const { valid } = await answer.json()
  return valid === true
}

describe('an application with the ID token of a session', () => {
  test('ends it at once, with its tokens and the browser’s cookie', async () => {
    const tokens = await web.tokens(session)
    const parameters = { id_token_hint: tokens.id_token, post_logout_redirect_uri: signedOutAt, state: 's 1' }
    const { status, location, headers } = await endSession(parameters, session)
    expect([status, location?.href]).toEqual([303, `${signedOutAt}?state=s+1`])
    expect(headers.get('set-cookie')).toMatch(/^iPlanetDirectoryPro=; .*Max-Age=0/)
    expect(await isSignedIn(session)).toBe(false)
    expect((await web.userinfo(tokens.access_token)).status).toBe(401)
    expect((await web.refresh(tokens.refresh_token)).status).toBe(400)
    expect(
      (await visit(web.request({ prompt: 'none' }).url, session)).location?.searchParams.get('error'),
    ).toBe('interaction_required')
  })

  test('ends it without a cookie, as apps do', async () => {
    const { id_token } = await web.tokens(session)
    const { status } = await endSession({ id_token_hint: id_token }, undefined, '*/*')
    expect(status).toBe(204)
    expect(await isSignedIn(session)).toBe(false)
    expect((await endSession({ id_token_hint: id_token }, undefined, '*/*')).status).toBe(204)
  })

  test('keeps tokens that were given for offline access', async () => {
    const { id_token, refresh_token } = await web.tokens(session, {
      scope: 'openid offline_access',
      prompt: 'consent',
    })
    await endSession({ id_token_hint: id_token }, session)
    expect((await web.refresh(refresh_token)).status).toBe(200)
  })

  test('for another session of the same person leads to a question', async () => {
    const { id_token } = await web.tokens(await signIn(url, 'alex', 'Alex-Pass-2026'))
    const { status, text } = await endSession({ id_token_hint: id_token }, session)
    expect(status).toBe(200)
    expect(text).toContain('<h1>Sign out?</h1>')
    expect(await isSignedIn(session)).toBe(true)
  })
})

describe('an application without the ID token', () => {
  test('leads to a page whose button ends the session', async () => {
    const staying = await endSession({ client_id: 'web' }, session)
    expect(staying.headers.get('content-security-policy')).toContain("form-action 'self';")
    const asked = await endSession({ client_id: 'web', post_logout_redirect_uri: signedOutAt }, session)
    expect(asked.headers.get('content-security-policy')).not.toContain('form-action')
    expect(await isSignedIn(session)).toBe(true)
    const [, xsrf = ''] = /name="xsrf" value="([^"]+)"/.exec(asked.text) ?? []
    const confirm = (form: Record<string, string>) =>
      visit(`${web.issuer}/connect/endSession/confirm`, session, {
        method: 'POST',
        body: new URLSearchParams(form),
      })
    expect((await confirm({ xsrf: 'x', logout: 'yes' })).status).toBe(400)
    expect(await isSignedIn(session)).toBe(true)
    const done = await confirm({ xsrf, logout: 'yes' })
    expect([done.status, done.location?.href]).toEqual([303, signedOutAt])
    expect(done.headers.get('set-cookie')).toMatch(/^iPlanetDirectoryPro=; /)
    expect(await isSignedIn(session)).toBe(false)
  })

  test('can’t redirect to an unregistered address', async () => {
    const parameters = { client_id: 'web', post_logout_redirect_uri: 'https://evil.example.com/' }
    const { status, location } = await endSession(parameters, session)
    expect([status, location]).toEqual([400, undefined])
    expect(await isSignedIn(session)).toBe(true)
  })
})

test('a session that ends by logout also ends for applications', async () => {
  expect((await visit(web.request().url, session)).location?.searchParams.has('code')).toBe(true)
  await fetch(`${url}/json/realms/root/realms/alpha/sessions?_action=logout`, {
    method: 'POST',
    headers: { iplanetdirectorypro: session, 'accept-api-version': 'resource=3.1' },
  })
  expect((await visit(web.request().url, session)).location?.pathname).toBe('/am/XUI/')
})
