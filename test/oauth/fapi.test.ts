import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK, SignJWT, UnsecuredJWT } from 'jose'
import * as openid from 'openid-client'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { JsonObject } from '../../src/base/json.ts'
import { backchannelScope } from '../../src/oauth/endpoints.ts'
import { digest } from '../../src/secrets/digest.ts'
import { type Pair, type Proof, proofBy } from '../support/dpop.ts'
import { changeOauthSettings, claimsIn, RelyingParty, redirectUri, visit } from '../support/relying-party.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'

let server: TestServer
let session: string
let keys: Record<'PS256' | 'ES256' | 'RS256', Pair>
let proofKeys: Pair
let bank: RelyingParty

beforeAll(async () => {
  server = await startServer()
  const made = (alg: string) => generateKeyPair(alg, { extractable: true })
  keys = { PS256: await made('PS256'), ES256: await made('ES256'), RS256: await made('RS256') }
  proofKeys = await made('ES256')
  bank = await register('bank', { fapi2: true })
})
afterAll(() => server.stop())
beforeEach(async () => {
  session = await signIn(server.url, 'alex', 'Alex-Pass-2026')
})

async function register(id: string, advanced: JsonObject, core: JsonObject = {}) {
  const named = await Promise.all(
    Object.entries(keys).map(async ([kid, { publicKey }]) => ({ ...(await exportJWK(publicKey)), kid })),
  )
  const party = new RelyingParty(server.url, id, 'a secret that is never used')
  await party.register({
    core: { scopes: ['openid', 'profile', 'reports'], defaultScopes: [], ...core },
    advanced: {
      grantTypes: ['authorization_code', 'refresh_token', 'client_credentials'],
      tokenEndpointAuthMethod: 'private_key_jwt',
      ...advanced,
    },
    signing: { publicKeyLocation: 'jwks', jwkSet: JSON.stringify({ keys: named }) },
  })
  return party
}

const seconds = () => Math.floor(Date.now() / 1000)

/** A token of the client's own, such as an assertion or a signed request. */
function signed(claims: object, alg: keyof typeof keys = 'ES256') {
  const common = { iss: bank.id, aud: bank.issuer, jti: crypto.randomUUID(), exp: seconds() + 60 }
  return new SignJWT({ ...common, ...claims })
    .setProtectedHeader({ alg, kid: alg })
    .sign(keys[alg].privateKey)
}

const proof = (claims: Proof, pair = proofKeys, alg?: string) => proofBy(pair, claims, alg)

async function send(endpoint: string, form: Record<string, string>, dpop?: string, assertion?: string) {
  const answer = await fetch(`${bank.issuer}/${endpoint}`, {
    method: 'POST',
    headers: dpop === undefined ? {} : { dpop },
    body: new URLSearchParams({
      client_id: bank.id,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion ?? (await signed({ sub: bank.id })),
      ...form,
    }),
  })
  return { status: answer.status, body: await answer.json(), nonce: answer.headers.get('dpop-nonce') }
}

const tokenUrl = () => `${bank.issuer}/access_token`
const forItself = { grant_type: 'client_credentials', scope: 'reports' }

async function connect(party: RelyingParty, execute: ((config: openid.Configuration) => void)[] = []) {
  return openid.discovery(
    new URL(party.issuer),
    party.id,
    undefined,
    openid.PrivateKeyJwt({ key: keys.ES256.privateKey, kid: 'ES256' }),
    { execute: [openid.allowInsecureRequests, ...execute] },
  )
}

/** Parameters of a request for a code, and the verifier. */
async function codeRequest() {
  const pkceCodeVerifier = openid.randomPKCECodeVerifier()
  const parameters = {
    redirect_uri: redirectUri,
    scope: 'openid profile',
    code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  }
  return { parameters, pkceCodeVerifier }
}

async function signedIn(client: openid.Configuration, DPoP: openid.DPoPHandle) {
  const { parameters, pkceCodeVerifier } = await codeRequest()
  const address = await openid.buildAuthorizationUrlWithPAR(client, parameters, { DPoP })
  const { location } = await visit(address.href, session)
  const checks = { pkceCodeVerifier, idTokenExpected: true }
  return openid.authorizationCodeGrant(client, location ?? new URL('about:blank'), checks, undefined, {
    DPoP,
  })
}

test('openid-client signs a person in under FAPI 2.0, refreshes, and reads userinfo with its proof', async () => {
  const client = await connect(bank)
  const DPoP = openid.getDPoPHandle(client, await openid.randomDPoPKeyPair('ES256'))
  const tokens = await signedIn(client, DPoP)
  expect(tokens.token_type).toBe('dpop')
  const { sub = '' } = tokens.claims() ?? {}
  expect((await openid.fetchUserInfo(client, tokens.access_token, sub, { DPoP })).sub).toBe(sub)
  const header = JSON.parse(Buffer.from(tokens.id_token?.split('.')[0] ?? '', 'base64url').toString())
  expect(header.alg).toBe('PS256')
  const refreshed = await openid.refreshTokenGrant(client, tokens.refresh_token ?? '', undefined, { DPoP })
  expect([undefined, tokens.refresh_token]).toContain(refreshed.refresh_token)
  await openid.refreshTokenGrant(client, tokens.refresh_token ?? '', undefined, { DPoP })
})

describe('what FAPI 2.0 refuses', () => {
  test('a request through the browser', async () => {
    const { location, text } = await visit(bank.request().url, session)
    expect(location?.href ?? text).toContain('Pushed')
  })

  test('a pushed request without PKCE, or without an address', async () => {
    const { parameters } = await codeRequest()
    const { redirect_uri, scope } = parameters
    const { body } = await send('par', { response_type: 'code', redirect_uri, scope })
    expect(body.error_description).toContain('PKCE')
    const { redirect_uri: _, ...rest } = parameters
    expect((await send('par', { response_type: 'code', ...rest })).body.error).toBe('invalid_request')
  })

  test('a token without a proof', async () => {
    expect(await send('access_token', forItself)).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    })
  })

  test.each([
    ['for an endpoint', () => signed({ sub: bank.id, aud: tokenUrl() })],
    ['for several', () => signed({ sub: bank.id, aud: [bank.issuer, 'https://other.example.com'] })],
    ['signed with RS256', () => signed({ sub: bank.id }, 'RS256')],
  ])('an assertion %s', async (_name, assertion) => {
    const given = await proof({ htu: tokenUrl() })
    expect((await send('access_token', forItself, given, await assertion())).status).toBe(401)
  })

  test('a client with a secret, and one with an open redirection', async () => {
    await expect(
      new RelyingParty(server.url, 'weak', 'a secret').register({ advanced: { fapi2: true } }),
    ).rejects.toThrow('fapi2: needs a confidential client with private_key_jwt')
    await expect(
      register('weak', { fapi2: true }, { redirectionUris: ['http://app.example.com/in'] }),
    ).rejects.toThrow('needs redirection URIs with https')
  })

  test('clients with secrets, once the realm asks for it of all', async () => {
    const shop = new RelyingParty(server.url, 'shop', 'a secret of the shop')
    await shop.register({ advanced: { grantTypes: ['client_credentials'] } })
    const token = () => shop.post('access_token', forItself)
    expect((await token()).status).toBe(200)
    await changeOauthSettings(server.url, { fapi2: true })
    try {
      expect((await token()).body.error).toBe('invalid_client')
      const announced = await fetch(`${bank.issuer}/.well-known/openid-configuration`)
      expect((await announced.json()).require_pushed_authorization_requests).toBe(true)
    } finally {
      await changeOauthSettings(server.url, { fapi2: false })
    }
  })
})

describe('a proof that is', () => {
  const other = () => generateKeyPair('ES256')

  test.each<[name: string, made: () => Promise<string>]>([
    ['of another method', () => proof({ htu: tokenUrl(), htm: 'GET' })],
    ['of another address', () => proof({ htu: `${bank.issuer}/userinfo` })],
    ['too old', () => proof({ htu: tokenUrl(), iat: seconds() - 3600 })],
    ['of tomorrow', () => proof({ htu: tokenUrl(), iat: seconds() + 86_400 })],
    ['with an unknown nonce', () => proof({ htu: tokenUrl(), nonce: 'unknown' })],
    ['signed with RS256', () => proof({ htu: tokenUrl() }, keys.RS256, 'RS256')],
    ['not signed', async () => new UnsecuredJWT({ htu: tokenUrl(), htm: 'POST' }).encode()],
    ['no token at all', async () => 'proof'],
  ])('%s makes no token', async (_name, made) => {
    expect((await send('access_token', forItself, await made())).status).toBe(400)
  })

  test('used again makes no second token', async () => {
    const once = await proof({ htu: tokenUrl() })
    expect((await send('access_token', forItself, once)).status).toBe(200)
    expect((await send('access_token', forItself, once)).status).toBe(400)
  })

  test('made with the nonce of the server counts, whatever its clock says', async () => {
    const { nonce } = await send('access_token', forItself, await proof({ htu: tokenUrl(), nonce: 'old' }))
    const late = { htu: tokenUrl(), iat: seconds() - 3600, nonce: nonce ?? '' }
    expect((await send('access_token', forItself, await proof(late))).status).toBe(200)
  })

  test('of another key than that of the pushed request redeems no code', async () => {
    const { parameters, pkceCodeVerifier } = await codeRequest()
    const pushed = await send(
      'par',
      { response_type: 'code', ...parameters },
      await proof({ htu: `${bank.issuer}/par` }),
    )
    const query = new URLSearchParams({ client_id: bank.id, request_uri: pushed.body.request_uri })
    const { location } = await visit(`${bank.issuer}/authorize?${query}`, session)
    const form = {
      grant_type: 'authorization_code',
      code: location?.searchParams.get('code') ?? '',
      code_verifier: pkceCodeVerifier,
      redirect_uri: redirectUri,
    }
    const stolen = await send('access_token', form, await proof({ htu: tokenUrl() }, await other()))
    expect([stolen.status, stolen.body.error]).toEqual([400, 'invalid_grant'])
  })
})

describe('a bound token', () => {
  let token: string
  beforeEach(async () => {
    const { parameters, pkceCodeVerifier } = await codeRequest()
    const pushed = await send('par', { response_type: 'code', ...parameters })
    const query = new URLSearchParams({ client_id: bank.id, request_uri: pushed.body.request_uri })
    const { location } = await visit(`${bank.issuer}/authorize?${query}`, session)
    const form = {
      grant_type: 'authorization_code',
      code: location?.searchParams.get('code') ?? '',
      code_verifier: pkceCodeVerifier,
      redirect_uri: redirectUri,
    }
    const { body } = await send('access_token', form, await proof({ htu: tokenUrl() }))
    token = body.access_token
  })

  const userinfo = async (headers: Record<string, string>) =>
    (await fetch(`${bank.issuer}/userinfo`, { headers })).status
  const proofOf = async (of: string, pair = proofKeys) =>
    proof({ htu: `${bank.issuer}/userinfo`, htm: 'GET', ath: digest(of) }, pair)

  test('reads userinfo with the proof of its key only, once', async () => {
    const dpop = await proofOf(token)
    expect(await userinfo({ authorization: `DPoP ${token}`, dpop })).toBe(200)
    expect(await userinfo({ authorization: `DPoP ${token}`, dpop })).toBe(401)
    expect(await userinfo({ authorization: `Bearer ${token}` })).toBe(401)
    expect(await userinfo({ authorization: `DPoP ${token}` })).toBe(400)
    const forged = await proofOf(token, await generateKeyPair('ES256'))
    expect(await userinfo({ authorization: `DPoP ${token}`, dpop: forged })).toBe(401)
    const ofOther = await proofOf('another token')
    expect(await userinfo({ authorization: `DPoP ${token}`, dpop: ofOther })).toBe(401)
  })

  test('is not described by tokeninfo', async () => {
    const answer = await fetch(`${bank.issuer}/tokeninfo?access_token=${token}`)
    expect(answer.status).toBe(401)
  })

  test('is introspected with its key', async () => {
    const { body } = await send('introspect', { token })
    const jkt = await calculateJwkThumbprint((await exportJWK(proofKeys.publicKey)) as JWK)
    expect(body).toMatchObject({ active: true, cnf: { jkt }, token_type: 'DPoP' })
  })
})

describe('a bound token at REST', () => {
  const rights = {
    scopes: [backchannelScope],
    defaultScopes: [backchannelScope],
  }
  const address = () => `${server.url}/json/realms/root/realms/alpha/authenticate/backchannel/initialize`
  let token: string

  beforeAll(async () => {
    await register('desk', { fapi2: true }, rights)
  })
  beforeEach(async () => {
    const form = { client_id: 'desk', grant_type: 'client_credentials' }
    const assertion = await signed({ iss: 'desk', sub: 'desk' })
    const { body } = await send('access_token', form, await proof({ htu: tokenUrl() }), assertion)
    token = body.access_token
  })

  /** 400: the caller was let in, and the body is wrong. */
  const opened = async (headers: Record<string, string>) =>
    (
      await fetch(address(), {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: '{}',
      })
    ).status
  const ofToken = (claims: Proof = {}, pair = proofKeys, alg = 'ES256') =>
    proof({ htu: address(), ath: digest(token), ...claims }, pair, alg)
  const shown = async (dpop: string) => opened({ authorization: `DPoP ${token}`, dpop })

  test('opens a check with the proof of its key, once', async () => {
    const dpop = await ofToken()
    expect(await shown(dpop)).toBe(400)
    expect(await shown(dpop)).toBe(401)
    expect(await shown(await ofToken({ htu: `${address()}?_prettyPrint=true#top` }))).toBe(400)
  })

  test('opens nothing as a bearer token, with and without a proof', async () => {
    expect(await opened({ authorization: `Bearer ${token}` })).toBe(401)
    expect(await opened({ authorization: `Bearer ${token}`, dpop: await ofToken() })).toBe(401)
    expect(await opened({ authorization: `DPoP ${token}` })).toBe(401)
  })

  test.each<[name: string, made: () => Promise<string>]>([
    ['of another key', async () => ofToken({}, await generateKeyPair('ES256'))],
    ['of another method', () => ofToken({ htm: 'GET' })],
    ['of another address', () => ofToken({ htu: `${address()}/other` })],
    ['of another token', () => ofToken({ ath: digest('another') })],
    ['of no token', () => proof({ htu: address() })],
    ['too old', () => ofToken({ iat: seconds() - 400 })],
    ['of tomorrow', () => ofToken({ iat: seconds() + 86_400 })],
    ['without an id', () => ofToken({ jti: '' })],
    ['signed with RS256', () => ofToken({}, keys.RS256, 'RS256')],
    ['that is no token', async () => 'proof'],
  ])('opens nothing with a proof %s', async (_name, made) => {
    expect(await shown(await made())).toBe(401)
  })

  test('a token that is not bound opens nothing as a bound one', async () => {
    const robot = new RelyingParty(server.url, 'robot', 'a secret of the robot')
    await robot.register({ core: rights, advanced: { grantTypes: ['client_credentials'] } })
    const { body } = await robot.post('access_token', { grant_type: 'client_credentials' })
    expect(await opened({ authorization: `Bearer ${body.access_token}` })).toBe(400)
    token = body.access_token
    expect(await shown(await ofToken())).toBe(401)
  })
})

describe('signed requests', () => {
  beforeAll(async () => {
    await register('signs', { fapi2: true, require_signed_request_object: true })
  })

  const hour = 3600
  const request = async (claims: object = {}, alg: keyof typeof keys = 'ES256') => {
    const { parameters } = await codeRequest()
    const now = seconds()
    const full = {
      ...parameters,
      client_id: 'signs',
      iss: 'signs',
      response_type: 'code',
      nbf: now,
      exp: now + 300,
    }
    return signed({ ...full, ...claims }, alg)
  }
  const push = async (form: Record<string, string>) => {
    const assertion = await signed({ iss: 'signs', sub: 'signs' })
    return send('par', { client_id: 'signs', ...form }, undefined, assertion)
  }

  test('openid-client pushes one and signs a person in', async () => {
    const client = await connect(new RelyingParty(server.url, 'signs', 'never used'))
    const DPoP = openid.getDPoPHandle(client, await openid.randomDPoPKeyPair('ES256'))
    const { parameters, pkceCodeVerifier } = await codeRequest()
    const made = await openid.buildAuthorizationUrlWithJAR(client, parameters, {
      key: keys.PS256.privateKey,
      kid: 'PS256',
    })
    const address = await openid.buildAuthorizationUrlWithPAR(client, made.searchParams, { DPoP })
    const { location } = await visit(address.href, session)
    const checks = { pkceCodeVerifier, idTokenExpected: true }
    const from = location ?? new URL('about:blank')
    const tokens = await openid.authorizationCodeGrant(client, from, checks, undefined, { DPoP })
    expect(claimsIn(tokens.id_token ?? '').aud).toBe('signs')
  })

  test('a request that is signed counts', async () => {
    expect((await push({ request: await request() })).status).toBe(201)
  })

  test.each<[name: string, form: () => Promise<Record<string, string>>]>([
    ['missing', async () => ({ response_type: 'code', ...(await codeRequest()).parameters })],
    ['of another client', async () => ({ request: await request({ client_id: 'bank', iss: 'bank' }) })],
    ['for another server', async () => ({ request: await request({ aud: 'https://other.example.com' }) })],
    ['without an end', async () => ({ request: await request({ exp: undefined }) })],
    ['without a beginning', async () => ({ request: await request({ nbf: undefined }) })],
    ['for a day', async () => ({ request: await request({ exp: seconds() + 24 * hour }) })],
    ['of two hours ago', async () => ({ request: await request({ nbf: seconds() - 2 * hour, exp: 1 }) })],
    ['that began long ago', async () => ({ request: await request({ nbf: seconds() - hour - 9 }) })],
    ['signed with RS256', async () => ({ request: await request({}, 'RS256') })],
    [
      'not signed',
      async () => ({ request: new UnsecuredJWT({ client_id: 'signs', iss: 'signs' }).encode() }),
    ],
    [
      'with 1,000 claims',
      async () => ({ request: await request(Object.fromEntries([...Array(1000).keys()].entries())) }),
    ],
  ])('a request %s is refused', async (_name, form) => {
    expect((await push(await form())).status).toBe(400)
  })
})

describe('a signed request for an answer without a browser', () => {
  const claims = () => ({ scope: 'openid', login_hint: 'alex', iat: seconds(), nbf: seconds() })

  beforeAll(async () => {
    const grantTypes = ['urn:openid:params:grant-type:ciba']
    await register('till', { grantTypes })
  })
  const ask = async (changes: object) => {
    const request = await signed({ iss: 'till', ...claims(), ...changes })
    const assertion = await signed({ iss: 'till', sub: 'till' })
    return send('bc-authorize', { client_id: 'till', request }, undefined, assertion)
  }

  test.each(['exp', 'iat', 'nbf', 'jti'])('is refused without %s', async (name) => {
    const { status, body } = await ask({ [name]: undefined })
    expect([status, body.error_description]).toEqual([400, `the request object has no '${name}'`])
  })

  test('counts with all of them', async () => {
    expect((await ask({})).body.auth_req_id).toEqual(expect.any(String))
  })
})
