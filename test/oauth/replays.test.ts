import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { claimsIn, RelyingParty, redirectUri, visit } from '../support/relying-party.ts'
import { adminPassword, startServer, type TestServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'

let server: TestServer
let url: string
let web: RelyingParty
let other: RelyingParty
let session: string

beforeAll(async () => {
  server = await startServer()
  url = server.url
  web = new RelyingParty(url, 'web')
  await web.register()
  other = new RelyingParty(url, 'other', 'other-secret')
  await other.register()
})
afterAll(() => server.stop())
beforeEach(async () => {
  session = await signIn(url, 'alex', 'Alex-Pass-2026')
})

const rejection = (error: string) => ({ status: 400, body: expect.objectContaining({ error }) })

describe('a code', () => {
  test('counts once; a second use revokes the tokens it gave', async () => {
    const coded = await web.code(session)
    const { body } = await web.exchange(coded)
    expect((await web.userinfo(body.access_token)).status).toBe(200)
    expect(await web.exchange(coded)).toEqual(rejection('invalid_grant'))
    expect((await web.userinfo(body.access_token)).status).toBe(401)
    expect(await web.refresh(body.refresh_token)).toEqual(rejection('invalid_grant'))
  })

  test('used concurrently gives tokens to at most one request, and they are revoked', async () => {
    const coded = await web.code(session)
    const answers = await Promise.all(Array.from({ length: 5 }, () => web.exchange(coded)))
    const winners = answers.filter(({ status }) => status === 200)
    expect(winners.length).toBeLessThanOrEqual(1)
    for (const { body } of winners) {
      expect((await web.userinfo(body.access_token)).status).toBe(401)
      expect(await web.refresh(body.refresh_token)).toEqual(rejection('invalid_grant'))
    }
  })

  test.each([
    ['another verifier', { code_verifier: 'a'.repeat(43) }],
    ['no verifier', { code_verifier: '' }],
    ['another address', { redirect_uri: 'https://app.example.com/elsewhere' }],
    ['an additional character', { code: 'x' }],
  ])('is rejected with %s', async (_name, form) => {
    expect((await web.exchange(await web.code(session), form)).status).toBe(400)
  })

  test('is rejected for another application or in another realm', async () => {
    const coded = await web.code(session)
    expect(await other.exchange(coded)).toEqual(rejection('invalid_grant'))
    const root = `${url}/oauth2/realms/root/access_token`
    const form = { client_id: 'web', grant_type: 'authorization_code', ...coded, redirect_uri: redirectUri }
    const elsewhere = await fetch(root, { method: 'POST', body: new URLSearchParams(form) })
    expect(elsewhere.status).toBe(401)
  })

  test.each([
    ['a public client without a challenge', { code_challenge: '', code_challenge_method: '' }],
    ['a challenge that is the verifier itself', { code_challenge_method: 'plain' }],
    ['an unknown scope', { scope: 'openid fr:idm:*' }],
    ['no scope at all', { scope: '' }],
    ['another response type', { response_type: 'token' }],
    ['a request object', { request: 'eyJhbGciOiJub25lIn0.e30.' }],
  ])('is not given for %s', async (_name, parameters) => {
    const { location } = await visit(web.request(parameters).url, session)
    expect(location?.href.startsWith(redirectUri)).toBe(true)
    expect(location?.href).toMatch(/[?#]error=/)
    expect(location?.searchParams.has('code')).toBe(false)
  })

  test.each([
    ['address', { redirect_uri: 'https://evil.example.com/' }],
    ['address with the right prefix', { redirect_uri: `${redirectUri}.evil.example.com` }],
    ['client', { client_id: 'nobody' }],
  ])('is sent nowhere for an unknown %s', async (_name, parameters) => {
    const answer = await visit(web.request(parameters).url, session)
    expect(answer.status).toBe(400)
    expect(answer.location).toBeUndefined()
    expect(answer.text).toContain('This request is invalid')
    const asJson = await fetch(web.request(parameters).url, { redirect: 'manual' })
    expect(await asJson.json()).toMatchObject({ error: expect.stringMatching(/^invalid_/) })
  })
})

describe('a refresh token', () => {
  test('is replaced at each use', async () => {
    const first = await web.tokens(session)
    const { status, body } = await web.refresh(first.refresh_token)
    expect(status).toBe(200)
    expect(body.refresh_token).not.toBe(first.refresh_token)
    expect((await web.userinfo(body.access_token)).status).toBe(200)
    expect(claimsIn(body.id_token).auth_time).toBe(claimsIn(first.id_token).auth_time)
  })

  test('used twice revokes its whole family', async () => {
    const first = await web.tokens(session)
    const { body: second } = await web.refresh(first.refresh_token)
    expect(await web.refresh(first.refresh_token)).toEqual(rejection('invalid_grant'))
    expect(await web.refresh(second.refresh_token)).toEqual(rejection('invalid_grant'))
    expect((await web.userinfo(second.access_token)).status).toBe(401)
    expect((await web.userinfo(first.access_token)).status).toBe(401)
  })

  test('used concurrently works for at most one request, and then for none', async () => {
    const { refresh_token } = await web.tokens(session)
    const answers = await Promise.all(Array.from({ length: 5 }, () => web.refresh(refresh_token)))
    const winners = answers.filter(({ status }) => status === 200)
    expect(winners.length).toBeLessThanOrEqual(1)
    for (const { body } of winners) expect((await web.refresh(body.refresh_token)).status).toBe(400)
  })

  test('can reduce scopes, but not extend them', async () => {
    const { refresh_token } = await web.tokens(session, { scope: 'openid profile email' })
    const less = await web.post('access_token', {
      grant_type: 'refresh_token',
      refresh_token,
      scope: 'openid email',
    })
    expect(less.body.scope).toBe('openid email')
    const more = await web.post('access_token', {
      grant_type: 'refresh_token',
      refresh_token: less.body.refresh_token,
      scope: 'openid reports',
    })
    expect(more).toEqual(rejection('invalid_scope'))
  })

  test('doesn’t work for another application and isn’t given to one without the grant type', async () => {
    const { refresh_token } = await web.tokens(session)
    expect(await other.refresh(refresh_token)).toEqual(rejection('invalid_grant'))
    const short = new RelyingParty(url, 'short')
    await short.register({ advanced: { grantTypes: ['authorization_code'] } })
    expect(await short.tokens(session)).not.toHaveProperty('refresh_token')
  })

  test('outlives the session, but not the person', async () => {
    const { refresh_token } = await web.tokens(session)
    const logout = await fetch(`${url}/json/realms/root/realms/alpha/sessions?_action=logout`, {
      method: 'POST',
      headers: { iplanetdirectorypro: session, 'accept-api-version': 'resource=3.1' },
    })
    expect(logout.status).toBe(200)
    const { body } = await web.refresh(refresh_token)
    expect(body.refresh_token).toEqual(expect.any(String))
    await setActive('alex', false)
    try {
      expect(await web.refresh(body.refresh_token)).toEqual(rejection('invalid_grant'))
      expect((await web.userinfo(body.access_token)).status).toBe(401)
    } finally {
      await setActive('alex', true)
    }
  })
})

async function setActive(userName: string, isActive: boolean): Promise<void> {
  const headers = {
    'content-type': 'application/json',
    iplanetdirectorypro: await signIn(url, 'amadmin', adminPassword, '/'),
  }
  const people = `${url.replace(/\/am$/, '')}/openidm/managed/alpha_user`
  const filter = encodeURIComponent(`userName eq "${userName}"`)
  const found = await (await fetch(`${people}?_queryFilter=${filter}`, { headers })).json()
  const [{ _id }] = found.result
  const body = JSON.stringify([
    { operation: 'replace', field: '/accountStatus', value: isActive ? 'active' : 'inactive' },
  ])
  const answer = await fetch(`${people}/${_id}`, { method: 'PATCH', headers, body })
  expect(answer.status).toBe(200)
}

describe('a token', () => {
  test('that is revoked ends together with its family', async () => {
    const tokens = await web.tokens(session)
    // A public client can't authenticate at this endpoint.
    expect((await web.post('introspect', { token: tokens.access_token })).body).toEqual({ active: false })
    expect((await web.post('token/revoke', { token: tokens.access_token })).status).toBe(200)
    expect((await web.userinfo(tokens.access_token)).status).toBe(401)
    expect(await web.refresh(tokens.refresh_token)).toEqual(rejection('invalid_grant'))
  })

  test('is described and revoked only for its own application', async () => {
    const shop = new RelyingParty(url, 'shop', 'shop-secret')
    await shop.register()
    const { access_token, refresh_token } = await shop.tokens(session)
    expect((await shop.post('introspect', { token: access_token })).body).toMatchObject({
      active: true,
      client_id: 'shop',
      scope: 'openid profile',
      sub: expect.any(String),
      token_type: 'Bearer',
    })
    expect((await other.post('introspect', { token: access_token })).body).toEqual({ active: false })
    await other.post('token/revoke', { token: access_token })
    expect((await shop.userinfo(access_token)).status).toBe(200)
    await shop.post('token/revoke', { token: refresh_token })
    expect((await shop.post('introspect', { token: access_token })).body).toEqual({ active: false })
  })

  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const unsigned = (claims: object) => `${part({ alg: 'none' })}.${part(claims)}.`

  test('without a signature or with a wrong one is rejected', async () => {
    const { id_token } = await web.tokens(session)
    const claims = claimsIn(id_token)
    const [head, body] = id_token.split('.')
    for (const forged of [unsigned(claims), `${head}.${body}.`, `${head}.${body}.${'A'.repeat(342)}`]) {
      const ended = await visit(`${web.issuer}/connect/endSession?id_token_hint=${forged}`, session)
      expect(ended.status).toBe(400)
      expect((await web.userinfo(forged)).status).toBe(401)
      const { location } = await visit(web.request({ id_token_hint: forged }).url, session)
      expect(location?.searchParams.get('error')).toBe('invalid_request')
    }
    expect((await visit(web.request().url, session)).location?.searchParams.has('code')).toBe(true)
  })

  test('that is far too long is rejected', async () => {
    const long = 'x'.repeat(60_000)
    expect((await web.post('token/revoke', { token: long })).status).toBe(400)
    expect((await web.refresh(long)).status).toBe(400)
    const header = await fetch(`${web.issuer}/userinfo`, { headers: { authorization: `Bearer ${long}` } })
    expect(header.status).toBe(431)
    expect((await web.userinfo('x'.repeat(8000))).status).toBe(401)
  })

  test('of one realm is rejected in another', async () => {
    const { access_token } = await web.tokens(session)
    const answer = await fetch(`${url}/oauth2/realms/root/userinfo`, {
      headers: { authorization: `Bearer ${access_token}` },
    })
    expect(answer.status).toBe(401)
  })
})

test('a client that is deleted and created again has none of its former tokens', async () => {
  const gone = new RelyingParty(url, 'gone')
  await gone.register()
  const tokens = await gone.tokens(session)
  const answer = await fetch(`${url}/json/realms/root/realms/alpha/realm-config/agents/OAuth2Client/gone`, {
    method: 'DELETE',
    headers: {
      iplanetdirectorypro: await signIn(url, 'amadmin', adminPassword, '/'),
      'x-requested-with': 'x',
    },
  })
  expect(answer.status).toBe(200)
  expect((await gone.userinfo(tokens.access_token)).status).toBe(401)
  await gone.register()
  expect((await gone.userinfo(tokens.access_token)).status).toBe(401)
  expect(await gone.refresh(tokens.refresh_token)).toEqual(rejection('invalid_grant'))
})

test('logs contain no tokens', async () => {
  const tokens = await web.tokens(session)
  for (const secret of [...Object.values(tokens), session]) {
    if (secret.length > 20) expect(server.logged()).not.toContain(secret)
  }
})
