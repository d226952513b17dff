import { fastify } from 'fastify'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  clientDocument,
  credentials,
  type OauthServer,
  realmNamed,
  scope,
  startOauthServer,
  webOrigin,
} from '../../../test/support/oauth-server.ts'

let am: OauthServer
beforeEach(async () => {
  am = await startOauthServer()
})
afterEach(async () => {
  await am.stop()
  expect(am.errors).toEqual([])
})

describe('client credentials', () => {
  test.each(['alpha', 'realms/alpha', 'realms/root/realms/alpha'])(
    'give a token below %s',
    async (prefix) => {
      await am.configure('PUT', '/desk', clientDocument())
      const { status, body } = await am.askToken({}, `${prefix}/access_token`)
      expect(status).toBe(200)
      expect(body).toEqual({
        access_token: expect.any(String),
        expires_in: 3600,
        token_type: 'Bearer',
        scope,
      })
      expect(await am.verifyBearer('/alpha', body.access_token)).toEqual({
        clientId: 'desk',
        scopes: [scope],
      })
    },
  )

  test('are accepted in the Authorization header', async () => {
    await am.configure('PUT', '/desk', clientDocument())
    const authorization = `Basic ${btoa('desk:wonder-land')}`
    const { status } = await am.post(
      'alpha/access_token',
      { grant_type: 'client_credentials' },
      { authorization },
    )
    expect(status).toBe(200)
  })

  test('get the default scopes if they request none', async () => {
    await am.configure('PUT', '/desk', clientDocument())
    const { body } = await am.post('alpha/access_token', { grant_type: 'client_credentials', ...credentials })
    expect(body.scope).toBe('reports')
  })

  test.each([
    ['of another client', clientDocument(), 'openid'],
    ['that is unknown', clientDocument(), `${scope} fr:am:*`],
    ['when the client has none', clientDocument({ scopes: [] }), scope],
  ])('never get a scope %s', async (_, client, scopes) => {
    await am.configure('PUT', '/desk', client)
    const { status, body } = await am.askToken({ scope: scopes })
    expect(status).toBe(400)
    expect(body.error).toBe('invalid_scope')
  })

  test.each([
    ['a wrong secret', { client_secret: 'wonderland' }, 401, 'invalid_client'],
    ['an unknown client', { client_id: 'nobody' }, 401, 'invalid_client'],
    ['no secret', { client_secret: '' }, 401, 'invalid_client'],
    ['another grant', { grant_type: 'password' }, 400, 'unsupported_grant_type'],
  ])('with %s get no token', async (_, form, status, error) => {
    await am.configure('PUT', '/desk', clientDocument())
    const answer = await am.askToken(form)
    expect({ status: answer.status, error: answer.body.error }).toEqual({ status, error })
    expect(JSON.stringify(answer.body)).not.toMatch(/wonder/)
  })

  test.each([
    ['inactive', clientDocument({ status: 'Inactive' }), 401],
    ['public', clientDocument({ clientType: 'Public' }), 401],
  ])('of an %s client get no token', async (_, client, status) => {
    await am.configure('PUT', '/desk', client)
    expect((await am.askToken()).status).toBe(status)
    const { client_secret, ...anonymous } = { ...credentials, grant_type: 'client_credentials' }
    expect((await am.post('alpha/access_token', anonymous)).status).toBeGreaterThanOrEqual(400)
  })
})

describe('a token', () => {
  test('expires', async () => {
    await am.configure(
      'PUT',
      '/desk',
      clientDocument({ accessTokenLifetime: { inherited: false, value: 60 } }),
    )
    const { body } = await am.askToken()
    expect(body.expires_in).toBe(60)
    am.clock.ahead = 59_000
    expect(await am.verifyBearer('/alpha', body.access_token)).toBeDefined()
    am.clock.ahead = 60_000
    expect(await am.verifyBearer('/alpha', body.access_token)).toBeUndefined()
    const introspected = await am.post('alpha/introspect', { ...credentials, token: body.access_token })
    expect(introspected.body).toEqual({ active: false })
  })

  test('ends when it is revoked', async () => {
    const token = await am.newToken()
    expect((await am.post('alpha/introspect', { ...credentials, token })).body).toMatchObject({
      active: true,
      client_id: 'desk',
      scope,
    })
    expect((await am.post('alpha/token/revoke', { ...credentials, token })).status).toBe(200)
    expect(await am.verifyBearer('/alpha', token)).toBeUndefined()
    expect((await am.post('alpha/introspect', { ...credentials, token })).body).toEqual({ active: false })
  })

  test('is inactive for another client', async () => {
    const token = await am.newToken()
    await am.configure('PUT', '/other', clientDocument())
    const other = { ...credentials, client_id: 'other', token }
    expect((await am.post('alpha/introspect', other)).body).toEqual({ active: false })
    await am.post('alpha/token/revoke', other)
    expect(await am.verifyBearer('/alpha', token)).toBeDefined()
  })

  test('is invalid in another realm, altered, or as its digest', async () => {
    const token = await am.newToken()
    for (const realm of ['/', '/beta']) expect(await am.verifyBearer(realm, token)).toBeUndefined()
    for (const text of ['', token.slice(1), `${token}x`]) {
      expect(await am.verifyBearer('/alpha', text)).toBeUndefined()
    }
  })

  test('has the current scopes of its client', async () => {
    const token = await am.newToken()
    await am.configure('PUT', '/desk', clientDocument({ scopes: ['reports'] }))
    expect(await am.verifyBearer('/alpha', token)).toEqual({ clientId: 'desk', scopes: [] })
    await am.configure('PUT', '/desk', clientDocument({ status: 'Inactive' }))
    expect(await am.verifyBearer('/alpha', token)).toBeUndefined()
    await am.configure('PUT', '/desk', clientDocument())
    await am.configure('DELETE', '/desk')
    expect(await am.verifyBearer('/alpha', token)).toBeUndefined()
  })

  test('survives a restart, like the signing keys', async () => {
    const token = await am.newToken()
    const before = await am.get('alpha/connect/jwk_uri')
    expect(before.keys).toMatchObject([{ alg: 'RS256' }, { alg: 'ES256' }, { alg: 'PS256' }])
    expect(before.keys[0]).not.toHaveProperty('d')
    expect(await am.get('realms/root/connect/jwk_uri')).not.toEqual(before)
    await am.stop()
    am = await startOauthServer(am)
    expect(await am.verifyBearer('/alpha', token)).toBeDefined()
    expect((await am.askToken()).status).toBe(200)
    expect(await am.get('alpha/connect/jwk_uri')).toEqual(before)
  })
})

const discover = (path: string) => am.get(`${path}/.well-known/openid-configuration`)

describe('discovery', () => {
  test('answers as oidc-provider does, in every spelling', async () => {
    const ours = await discover('realms/root/realms/alpha')
    expect(ours.issuer).toBe(`${am.origin}/am/oauth2/realms/root/realms/alpha`)
    for (const path of ['alpha', 'realms/alpha']) expect(await discover(path)).toEqual(ours)
    const theirs = fastify()
    theirs.get('/', async (request, reply) => {
      const realm = realmNamed('/alpha')
      if (realm === undefined) throw new Error('the test server has no such realm')
      const handle = await am.providers.open(realm, `${am.origin}/am`)
      reply.hijack()
      await handle('/.well-known/openid-configuration', request.raw, reply.raw, undefined, '127.0.0.1')
    })
    expect((await theirs.inject('/')).json()).toEqual(ours)
  })

  test('accepts every name of the root realm', async () => {
    const root = await discover('realms/root')
    expect(root.issuer).toBe(`${am.origin}/am/oauth2/realms/root`)
    expect(await discover('.')).toEqual(root)
    expect(await am.get('.well-known/openid-configuration?realm=/alpha')).toEqual(await discover('alpha'))
  })

  test('and the provider use the configured base URL', async () => {
    await am.stop()
    am = await startOauthServer({ baseUrl: 'https://id.example.com' })
    expect((await discover('alpha')).token_endpoint).toBe(
      'https://id.example.com/am/oauth2/realms/root/realms/alpha/access_token',
    )
    const redirectionUris = [`${webOrigin}/signed-in`]
    const client = { ...clientDocument({ redirectionUris }), advancedOAuth2ClientConfig: {} }
    await am.configure('PUT', '/desk', client)
    const query = new URLSearchParams({
      client_id: 'desk',
      redirect_uri: redirectionUris.join(''),
      response_type: 'code',
    })
    const sent = await fetch(`${am.origin}/am/oauth2/alpha/authorize?${query}`, { redirect: 'manual' })
    expect(sent.headers.get('location')).toMatch(
      /^https:\/\/id\.example\.com\/am\/XUI\/\?realm=%2Falpha&goto=https%3A%2F%2Fid\.example\.com%2Fam%2Foauth2%2F/,
    )
  })

  test.each(['unknown', 'gone', 'realms/root/realms/unknown'])(
    'of realm %s is 404 as in AM',
    async (path) => {
      expect(await discover(path)).toEqual({ code: 404, reason: 'Not Found', message: 'Realm not found' })
    },
  )

  test.each(['reg', 'access_token'])('leaves 404 as in AM for %s by GET', async (path) => {
    expect(await am.get(`alpha/${path}`)).toEqual({ code: 404, reason: 'Not Found', message: 'Not Found' })
  })
})

describe('browsers', () => {
  test.each([
    [webOrigin, webOrigin],
    ['https://evil.example.com', null],
  ])('from %s may read %s', async (from, allowed) => {
    await am.configure('PUT', '/desk', clientDocument())
    const token = await am.askToken()
    expect(token.status).toBe(200)
    const headers = { origin: from, 'access-control-request-method': 'POST' }
    const answers = await Promise.all([
      fetch(`${am.origin}/am/oauth2/alpha/.well-known/openid-configuration`, { headers }),
      fetch(`${am.origin}/am/oauth2/alpha/connect/jwk_uri`, { headers }),
      fetch(`${am.origin}/am/oauth2/alpha/access_token`, { method: 'OPTIONS', headers }),
      fetch(`${am.origin}/am/oauth2/alpha/token/revoke`, {
        method: 'POST',
        headers,
        body: new URLSearchParams({ ...credentials, token: token.body.access_token }),
      }),
    ])
    expect(answers.map(({ ok }) => ok)).toEqual([true, true, true, true])
    expect(answers.map((answer) => answer.headers.get('access-control-allow-origin'))).toEqual(
      Array(4).fill(allowed),
    )
  })

  test.each(['idmAdminClient', 'idm-admin-ui'])('get no code for the client %s', async (client_id) => {
    const form = { client_id, response_type: 'code', redirect_uri: 'https://x.example.com', scope: 'openid' }
    for (const path of ['authorize', 'alpha/authorize']) {
      const posted = await am.post(path, { ...form, decision: 'allow' })
      expect(posted.status).toBe(400)
      expect(posted.headers.get('location')).toBeNull()
      // The root realm has these clients, with their own addresses only.
      const error = path === 'authorize' ? 'invalid_redirect_uri' : 'invalid_client'
      expect(await am.get(`${path}?${new URLSearchParams(form)}`)).toMatchObject({ error })
    }
  })

  test('without a session are signed out without confirmation', async () => {
    const address = `${am.origin}/am/oauth2/alpha/connect/endSession`
    expect((await fetch(address)).status).toBe(204)
    const page = await fetch(address, { headers: { accept: 'text/html' } })
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('You are signed out')
  })
})

test('answers an error if the keys cannot be opened', async () => {
  await am.stores.secrets.saveIfAbsent('oauth signing keys /alpha', 'not sealed here')
  const answer = await am.get('alpha/connect/jwk_uri')
  expect(answer).toEqual({ code: 500, reason: 'Internal Server Error', message: 'Internal Server Error' })
})

test('prints nothing', async () => {
  const printed = vi.spyOn(console, 'warn')
  const informed = vi.spyOn(console, 'info')
  await am.newToken()
  await am.askToken({ client_secret: 'wrong' })
  expect([...printed.mock.calls, ...informed.mock.calls]).toEqual([])
})
