import { createLocalJWKSet, exportJWK, generateKeyPair, jwtVerify, SignJWT, UnsecuredJWT } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startHooks } from '../support/hooks-server.ts'
import { claimsIn, RelyingParty, visit } from '../support/relying-party.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'

let server: TestServer
let hooks: Awaited<ReturnType<typeof startHooks>>
let session: string

beforeAll(async () => {
  hooks = await startHooks()
  server = await startServer({ httpAllow: [hooks.host] })
})
afterAll(async () => {
  await server.stop()
  await hooks.stop()
})
beforeEach(async () => {
  hooks.requests.length = 0
  hooks.answer.status = 200
  session = await signIn(server.url, 'alex', 'Alex-Pass-2026')
})

type Settings = Parameters<RelyingParty['register']>[0]

async function registered(id: string, settings: Settings, address?: string): Promise<RelyingParty> {
  const party = new RelyingParty(server.url, id, `secret of ${id}, long enough to sign`, {
    ...(address && { address }),
  })
  await party.register(settings)
  return party
}

async function verified(party: RelyingParty, token: string) {
  const keys = await (await fetch(`${party.issuer}/connect/jwk_uri`)).json()
  return jwtVerify(token, createLocalJWKSet(keys), { issuer: party.issuer, audience: party.id })
}

describe('signatures that a client chooses', () => {
  test.each(['ES256', 'PS256', 'RS256'])('ID tokens are signed with %s', async (alg) => {
    const party = await registered(`id-${alg}`, { signing: { idTokenSignedResponseAlg: alg } })
    const { id_token } = await party.tokens(session)
    expect((await verified(party, id_token)).protectedHeader.alg).toBe(alg)
    const query = new URLSearchParams({ id_token_hint: id_token })
    const ended = await visit(`${party.issuer}/connect/endSession?${query}`, undefined, {
      headers: { accept: '*/*' },
    })
    expect(ended.status).toBe(204)
  })

  test('userinfo and introspection are signed', async () => {
    const party = await registered('signed', {
      signing: {
        userinfoResponseFormat: 'SIGNED_JWT',
        userinfoSignedResponseAlg: 'ES256',
        tokenIntrospectionResponseFormat: 'SIGNED_JWT',
        tokenIntrospectionSignedResponseAlg: 'PS256',
      },
    })
    const { access_token: token, id_token } = await party.tokens(session)
    const told = await fetch(`${party.issuer}/userinfo`, { headers: { authorization: `Bearer ${token}` } })
    expect(told.headers.get('content-type')).toContain('application/jwt')
    const { payload, protectedHeader } = await verified(party, await told.text())
    expect([payload.sub, protectedHeader.alg]).toEqual([claimsIn(id_token).sub, 'ES256'])
    const inspected = await fetch(`${party.issuer}/introspect`, {
      method: 'POST',
      body: new URLSearchParams({
        token,
        client_id: party.id,
        client_secret: `secret of ${party.id}, long enough to sign`,
      }),
    })
    expect(inspected.headers.get('content-type')).toContain('application/token-introspection+jwt')
    const answer = await verified(party, await inspected.text())
    expect(answer.payload.token_introspection).toMatchObject({ active: true, sub: payload.sub })
    expect(answer.protectedHeader.alg).toBe('PS256')
  })

  test('ID tokens live as long as the client says', async () => {
    const party = await registered('brief', { openId: { jwtTokenLifetime: 42 } })
    const { iat, exp } = claimsIn((await party.tokens(session)).id_token)
    expect(Number(exp) - Number(iat)).toBe(42)
  })
})

describe('pairwise subjects', () => {
  const pairwise = { advanced: { subjectType: 'pairwise' } }
  const elsewhere = 'https://other.example.net/signed-in'

  test('are the same for one sector, differ between sectors, and every endpoint agrees', async () => {
    const plain = await registered('plain', {})
    const one = await registered('one', pairwise)
    const same = await registered('same', pairwise)
    const other = await registered('other', pairwise, elsewhere)
    const [open, first, second, foreign] = await Promise.all(
      [plain, one, same, other].map((party) => party.tokens(session)),
    )
    const subjects = [open, first, second, foreign].map((tokens) => claimsIn(tokens?.id_token ?? '').sub)
    expect(subjects[1]).toBe(subjects[2])
    expect(new Set(subjects).size).toBe(3)
    const token = first?.access_token ?? ''
    expect((await one.userinfo(token)).body.sub).toBe(subjects[1])
    expect((await one.post('introspect', { token })).body.sub).toBe(subjects[1])
    const described = await fetch(`${one.issuer}/tokeninfo?access_token=${token}`)
    expect((await described.json()).sub).toBe(subjects[1])
    const refreshed = await one.refresh(first?.refresh_token ?? '')
    expect(claimsIn(refreshed.body.id_token).sub).toBe(subjects[1])
    const { location } = await visit(
      one.request({ prompt: 'none', id_token_hint: first?.id_token ?? '' }).url,
      session,
    )
    expect(location?.searchParams.has('code')).toBe(true)
    const query = new URLSearchParams({ id_token_hint: first?.id_token ?? '' })
    const ended = await visit(`${one.issuer}/connect/endSession?${query}`, session, {
      headers: { accept: '*/*' },
    })
    expect(ended.status).toBe(204)
  })

  test('need a sector if redirection URIs have several hosts', async () => {
    const core = { redirectionUris: ['https://app.example.com/in', elsewhere] }
    await expect(registered('several', { ...pairwise, core })).rejects.toThrow(
      'advancedOAuth2ClientConfig.sectorIdentifierUri',
    )
  })
})

describe('an application with a back-channel logout URI', () => {
  const listening = (path: string, advanced = {}) => ({
    openId: { backchannel_logout_uri: `http://${hooks.host}/${path}` },
    advanced,
  })
  const end = (token: string) =>
    fetch(`${server.url}/json/realms/root/realms/alpha/sessions?_action=logout`, {
      method: 'POST',
      headers: { iplanetdirectorypro: token, 'accept-api-version': 'resource=3.1' },
    })

  test('gets one call when the session ends, with a token about its ID token', async () => {
    const party = await registered('listener', {
      ...listening('out', { subjectType: 'pairwise' }),
      signing: { idTokenSignedResponseAlg: 'ES256' },
    })
    const { id_token } = await party.tokens(session)
    await party.tokens(session)
    await end(session)
    const { url, headers, body } = await hooks.asked(1)
    expect([url, headers['content-type']]).toEqual(['/out', 'application/x-www-form-urlencoded'])
    const { payload, protectedHeader } = await verified(
      party,
      new URLSearchParams(body).get('logout_token') ?? '',
    )
    const { sub, sid } = claimsIn(id_token)
    expect(protectedHeader).toMatchObject({ alg: 'ES256', typ: 'logout+jwt' })
    expect(payload).toMatchObject({
      sub,
      sid,
      jti: expect.any(String),
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
    })
    expect(Number(payload.exp) - Number(payload.iat)).toBe(120)
    expect(payload).not.toHaveProperty('nonce')
    expect(server.logged()).not.toContain(body)
    expect(hooks.requests).toHaveLength(1)
  })

  test('gets a call after a sign-out of another application, and none without a sign-in to it', async () => {
    await registered('stranger', listening('stranger'))
    const party = await registered('neighbour', listening('neighbour'))
    const leaving = await registered('leaving', {})
    await party.tokens(session)
    const { id_token } = await leaving.tokens(session)
    const query = new URLSearchParams({ id_token_hint: id_token })
    await visit(`${leaving.issuer}/connect/endSession?${query}`, session, { headers: { accept: '*/*' } })
    expect((await hooks.asked(1)).url).toBe('/neighbour')
    expect(hooks.requests).toHaveLength(1)
  })

  test('must be https outside of this machine', async () => {
    const openId = { backchannel_logout_uri: 'http://app.example.com/out' }
    await expect(registered('open', { openId })).rejects.toThrow(
      'coreOpenIDClientConfig.backchannel_logout_uri: must be an https URL',
    )
  })
})

describe('a signed request', () => {
  let keys: Awaited<ReturnType<typeof generateKeyPair>>
  let party: RelyingParty
  beforeAll(async () => {
    keys = await generateKeyPair('ES256', { extractable: true })
    const jwkSet = JSON.stringify({ keys: [{ ...(await exportJWK(keys.publicKey)), kid: 'k1', use: 'sig' }] })
    party = await registered('signer', { signing: { publicKeyLocation: 'jwks', jwkSet } })
  })

  /** The parameters of a request, and a change of them. */
  const claims = (changed = {}) => {
    const all = Object.fromEntries(new URL(party.request().url).searchParams)
    return { ...all, iss: party.id, aud: party.issuer, ...changed }
  }
  const signed = (payload: Record<string, unknown>) =>
    new SignJWT(payload).setProtectedHeader({ alg: 'ES256', kid: 'k1' }).sign(keys.privateKey)
  const ask = async (request: string) => {
    const query = new URLSearchParams({
      client_id: party.id,
      request,
      response_type: 'code',
      redirect_uri: party.address,
      scope: 'openid',
    })
    return visit(`${party.issuer}/authorize?${query}`, session)
  }

  test('decides, whatever the address says', async () => {
    const { location } = await ask(await signed(claims({ state: 'signed' })))
    expect(location?.searchParams.get('state')).toBe('signed')
    expect(location?.searchParams.has('code')).toBe(true)
  })

  test.each([
    ['of another client', () => signed(claims({ iss: 'web', client_id: 'web' }))],
    ['for another server', () => signed(claims({ aud: 'https://other.example.com' }))],
    ['without a signature', async () => new UnsecuredJWT(claims()).encode()],
    [
      'with 1,000 claims',
      () =>
        signed({ ...claims(), ...Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`c${i}`, i])) }),
    ],
    [
      'with another key',
      async () => {
        const other = await generateKeyPair('ES256')
        return new SignJWT(claims()).setProtectedHeader({ alg: 'ES256', kid: 'k1' }).sign(other.privateKey)
      },
    ],
  ])('%s is refused', async (_what, make) => {
    const { status, location, text } = await ask(await make())
    expect(location?.searchParams.has('code') ?? false).toBe(false)
    expect(`${status} ${location?.href} ${text}`).toMatch(/invalid_request_object|invalid_request/)
  })
})

test('offline_access is granted like any scope, also with implied consent', async () => {
  const party = await registered('offline', { core: { scopes: ['openid', 'offline_access'] } })
  const { scope, refresh_token } = await party.tokens(session, { scope: 'openid offline_access' })
  expect(scope).toBe('openid offline_access')
  const again = await party.post('access_token', {
    grant_type: 'refresh_token',
    refresh_token,
    scope: 'openid offline_access',
  })
  expect([again.status, again.body.scope]).toEqual([200, 'openid offline_access'])
})

test('a client’s journey opens for those who must sign in', async () => {
  const party = await registered('journeyed', { advanced: { treeName: 'Strict' } })
  const { location } = await visit(party.request().url)
  expect(location?.searchParams.get('authIndexValue')).toBe('Strict')
})

test('a client gets no refresh tokens if its overrides say so', async () => {
  const party = await registered('short', {
    override: { providerOverridesEnabled: true, issueRefreshToken: false },
  })
  expect(await party.tokens(session)).not.toHaveProperty('refresh_token')
})
