import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { JsonObject } from '../../src/base/json.ts'
import { sessionCookie } from '../../src/engine/server-cookies.ts'
import { claimsIn, RelyingParty } from '../support/relying-party.ts'
import { adminPassword, startServer, type TestServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'

let server: TestServer
let session: string
let administrator: string
let shop: RelyingParty

beforeAll(async () => {
  server = await startServer()
  session = await signIn(server.url, 'alex', 'Alex-Pass-2026')
  administrator = await signIn(server.url, 'amadmin', adminPassword, '/')
  shop = new RelyingParty(server.url, 'shop', 'a secret')
  await shop.register({
    advanced: { grantTypes: ['authorization_code', 'refresh_token', 'client_credentials'] },
  })
})
afterAll(() => server.stop())

async function put(path: string, body: JsonObject, realm = '/realms/alpha'): Promise<void> {
  const answer = await fetch(`${server.url}/json/realms/root${realm}/${path}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', [sessionCookie]: administrator },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(await answer.text())
}

const contexts = { token: 'OAUTH2_ACCESS_TOKEN_MODIFICATION', claims: 'OIDC_CLAIMS' }

/** Saves a script and returns its id. */
async function saved(as: keyof typeof contexts, source: string, isLegacy = false, realm = '/realms/alpha') {
  const id = crypto.randomUUID()
  await put(
    `scripts/${id}`,
    {
      name: `script ${id}`,
      context: isLegacy ? contexts[as] : `${contexts[as]}_NEXT_GEN`,
      language: 'JAVASCRIPT',
      evaluatorVersion: isLegacy ? '1.0' : '2.0',
      script: Buffer.from(source).toString('base64'),
    },
    realm,
  )
  return id
}

/** Sets scripts of the realm as the vendor's tools do. */
function useScripts(pluginsConfig: JsonObject, more: JsonObject = {}, realm?: string) {
  const none = { accessTokenModificationScript: '[Empty]', oidcClaimsScript: '[Empty]' }
  return put(
    'realm-config/services/oauth-oidc',
    { pluginsConfig: { ...none, ...pluginsConfig }, ...more },
    realm,
  )
}

const modify = async (source: string, isLegacy = false) =>
  useScripts({
    accessTokenModificationPluginType: 'SCRIPTED',
    accessTokenModificationScript: await saved('token', source, isLegacy),
  })

async function introspected() {
  const { access_token } = await shop.tokens(session)
  return (await shop.post('introspect', { token: access_token })).body
}

describe('an access token modification', () => {
  test.each([
    ['next-generation', false, 'getAttributeValues'],
    ['legacy', true, 'getAttribute'],
  ])('of a %s script adds members', async (_, isLegacy, attribute) => {
    await modify(
      `accessToken.setField('mail', identity.${attribute}('mail').toArray()[0])
       accessToken.setField('for', clientProperties.clientId)`,
      isLegacy,
    )
    expect(await introspected()).toMatchObject({ active: true, mail: 'alex@example.com', for: 'shop' })
  })

  test('reaches tokens of clients themselves, and tokeninfo', async () => {
    await modify(`accessToken.setField('who', identity === null ? 'client' : 'person')`)
    const { body } = await shop.post('access_token', { grant_type: 'client_credentials', scope: 'reports' })
    const told = await fetch(`${shop.issuer}/tokeninfo?access_token=${body.access_token}`)
    expect(await told.json()).toMatchObject({ who: 'client', client_id: 'shop' })
  })

  test.each([
    ['throws', 'throw new Error("no")'],
    ['never ends', 'while (true) {}'],
    ['has a syntax error', 'accessToken.setField('],
    ['sets the person', "accessToken.setField('sub', 'jordan')"],
    ['sets the owner', "accessToken.setResourceOwnerId('jordan')"],
    ['sets the issuer', "accessToken.setField('iss', 'https://evil.example.com')"],
    ['adds an audience', "accessToken.setField('aud', 'other')"],
    ['adds a scope', "accessToken.setScope(['openid', 'profile', 'fr:idm:*'])"],
    ['sets scopes as a field', "accessToken.setField('scope', 'fr:idm:*')"],
    ['removes the scopes', 'accessToken.removeScopes()'],
    ['lives longer', 'accessToken.setExpiryTime(accessToken.getExpiryTime() + 1)'],
    ['takes another client', "accessToken.setClientId('other')"],
    ['takes another realm', "accessToken.setRealm('/')"],
    ['lets others act', "accessToken.setField('may_act', { sub: 'x' })"],
    ['adds too much', "accessToken.setField('x', new Array(20000).join('y'))"],
    [
      'changes the person',
      "openidm.patch('managed/alpha_user/' + accessToken.getResourceOwnerId(), null, [])",
    ],
  ])('that %s gets no token', async (_, source) => {
    await modify(source)
    const answer = await shop.exchange(await shop.code(session))
    expect(answer).toMatchObject({ status: 500, body: { error: 'server_error' } })
    expect(JSON.stringify(answer.body)).not.toMatch(/token"|no"|jordan/)
  })

  test('never sees secrets of the request', async () => {
    await modify(`accessToken.setField('seen', JSON.stringify([requestProperties, clientProperties]))`)
    const { seen } = await introspected()
    expect(seen).toContain('authorization_code')
    expect(seen).not.toMatch(/a secret|code_verifier|client_secret|cookie/)
  })

  test('that does not exist, or has another context, gets no token', async () => {
    for (const id of ['missing', await saved('claims', '({})')]) {
      await useScripts({ accessTokenModificationScript: id })
      expect(await shop.exchange(await shop.code(session))).toMatchObject({ status: 500 })
    }
    // The vendor's own default adds nothing.
    await useScripts({ accessTokenModificationScript: 'd22f9a0c-426a-4466-b95e-d0f125b0d5fa' })
    expect(await introspected()).toMatchObject({ active: true })
  })

  test('of a client replaces that of the realm, also by none', async () => {
    await modify(`accessToken.setField('by', 'realm')`)
    const own = await saved('token', `accessToken.setField('by', 'client')`)
    const party = new RelyingParty(server.url, 'own', 'a secret')
    const told = async (override: JsonObject) => {
      await party.register({ override: { providerOverridesEnabled: true, ...override } })
      const { access_token } = await party.tokens(session)
      return (await party.post('introspect', { token: access_token })).body.by
    }
    const scripted = { accessTokenModificationPluginType: 'SCRIPTED' }
    expect(await told({ ...scripted, accessTokenModificationScript: own })).toBe('client')
    expect(await told({ ...scripted, accessTokenModificationScript: '[Empty]' })).toBeUndefined()
    expect(await told({ accessTokenModificationPluginType: 'PROVIDER' })).toBe('realm')
    await expect(told({ accessTokenModificationPluginType: 'JAVA' })).rejects.toThrow(
      /Java plugins are not run/,
    )
  })

  test('of another realm is out of reach', async () => {
    const elsewhere = await saved('token', `accessToken.setField('by', 'root')`, false, '')
    await useScripts({ accessTokenModificationScript: elsewhere })
    expect(await shop.exchange(await shop.code(session))).toMatchObject({ status: 500 })
  })
})

describe('an OIDC claims script', () => {
  const decide = async (source: string, isLegacy = false, more: JsonObject = {}) =>
    useScripts(
      { oidcClaimsPluginType: 'SCRIPTED', oidcClaimsScript: await saved('claims', source, isLegacy) },
      { advancedOIDCConfig: { alwaysAddClaimsToToken: false }, ...more },
    )

  test.each([
    [
      'next-generation',
      false,
      `({ values: { nickname: 'Lex', given_name: claims.get('given_name') }, compositeScopes: {} })`,
    ],
    [
      'legacy',
      true,
      `(function () { var v = new java.util.LinkedHashMap(); v.put('nickname', 'Lex')
        v.put('given_name', claims.get('given_name'))
        return new org.forgerock.oauth2.core.UserInfoClaims(v, new java.util.LinkedHashMap()) })()`,
    ],
  ])('of the %s engine decides what userinfo tells', async (_, isLegacy, source) => {
    await decide(source, isLegacy)
    const { access_token, id_token } = await shop.tokens(session)
    const { body } = await shop.userinfo(access_token)
    expect(body).toEqual({ sub: expect.any(String), nickname: 'Lex', given_name: 'Alex' })
    expect(claimsIn(id_token)).not.toHaveProperty('nickname')
    expect(claimsIn(id_token).sub).toBe(body.sub)
  })

  test('decides about ID tokens, if the realm adds claims to them', async () => {
    await decide(`({ nickname: 'Lex' })`, false, { advancedOIDCConfig: { alwaysAddClaimsToToken: true } })
    const claims = claimsIn((await shop.tokens(session)).id_token)
    expect(claims).toMatchObject({ nickname: 'Lex', aud: 'shop', iss: shop.issuer, nonce: 'nonce-1' })
  })

  test.each([
    ['names another person', "({ sub: 'jordan' })"],
    ['names another issuer', "({ iss: 'https://evil.example.com' })"],
    ['names an audience', "({ aud: 'other' })"],
    ['raises the level', "({ acr: 'high' })"],
    ['lives longer', '({ exp: 9999999999 })'],
    ['returns text', "'x'"],
    ['returns nothing', 'undefined'],
    ['throws', 'throw new Error("no")'],
  ])('that %s makes no ID token', async (_, source) => {
    await decide(source, false, { advancedOIDCConfig: { alwaysAddClaimsToToken: true } })
    expect(await shop.exchange(await shop.code(session))).toMatchObject({
      status: 500,
      body: { error: 'server_error' },
    })
  })
})

test('tokens of the admin tools are never modified, not even by a script of the root realm', async () => {
  const id = await saved('token', `throw new Error('modified')`, false, '')
  const claims = await saved('claims', `throw new Error('decided')`, false, '')
  const everywhere = { advancedOIDCConfig: { alwaysAddClaimsToToken: true } }
  await useScripts({ accessTokenModificationScript: id, oidcClaimsScript: claims }, everywhere, '')
  const redirect = new URL('/platform/appAuthHelperRedirect.html', server.url).href
  const tool = new RelyingParty(server.url, 'idmAdminClient', undefined, { address: redirect })
  const root = tool.request({ scope: 'openid fr:idm:*' })
  const answer = await fetch(root.url.replace('/realms/alpha', ''), {
    redirect: 'manual',
    headers: { cookie: `${sessionCookie}=${administrator}` },
  })
  const code = new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? ''
  const exchanged = await fetch(`${server.url}/oauth2/realms/root/access_token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'idmAdminClient',
      redirect_uri: redirect,
      code,
      code_verifier: root.verifier,
    }),
  })
  expect(await exchanged.json()).toMatchObject({ access_token: expect.any(String) })
})
