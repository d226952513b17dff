import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startCaptchaService } from '../../../test/support/captcha-service.ts'
import { realmWithProvider, startIdentityProvider } from '../../../test/support/identity-provider.ts'
import { callbacksOf, outcomeOf, type Ran, runNode } from '../../../test/support/run-node.ts'
import type { JsonObject } from '../../base/json.ts'
import {
  type IdentityPort,
  type Person,
  ScriptFailure,
  type TransformationPort,
  type TransformedProfile,
} from '../ports/ports.ts'
import { socialProviderHandler, socialProviderHandlerV2 } from './social-provider-handler.ts'

let provider: Awaited<ReturnType<typeof startIdentityProvider>>
let document: JsonObject
let people: Person[]
/** Scripts of the realm. */
let scripts: Record<string, (profile: TransformedProfile) => JsonObject>

beforeAll(async () => {
  provider = await startIdentityProvider()
})
beforeEach(() => {
  document = provider.document
  people = []
  scripts = {}
})
afterAll(() => provider.stop())

const identities: Partial<IdentityPort> = {
  findByAttribute: async (name, value) =>
    people.filter((person) => Array.isArray(person[name]) && person[name].includes(value)),
  find: async (name) => people.find(({ userName }) => userName === name),
}

const transformations: TransformationPort = {
  run: async (script, profile) => scripts[script]?.(profile),
}

const ports = (allowed = [provider.host]) => ({
  identities: identities as IdentityPort,
  social: realmWithProvider(() => document, allowed),
  transformations,
})

const chosen = { selectedIdp: 'ours' }

type More = { shared?: JsonObject; config?: JsonObject }

const start = ({ shared = chosen, config = {} }: More = {}) =>
  runNode(socialProviderHandler, { shared, config, ports: ports() })

const urlOf = ({ action }: Ran) => String(callbacksOf(action)[0]?.output.redirectUrl)

/** State between the requests is kept as in the engine: transient values become secure. */
function comeBack(
  started: Ran,
  parameters: Record<string, string>,
  config: JsonObject = {},
  type: typeof socialProviderHandler | typeof socialProviderHandlerV2 = socialProviderHandler,
) {
  return runNode(type as typeof socialProviderHandler, {
    shared: started.state.shared,
    secure: started.state.transient,
    config,
    ports: ports(),
    request: {
      parameters: Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, [value]])),
    },
  })
}

async function signIn(more: More = {}) {
  const started = await start(more)
  return comeBack(started, await provider.signIn(urlOf(started)), more.config)
}

test('redirects the browser with state, nonce and a code challenge', async () => {
  const started = await start()
  const [redirect] = callbacksOf(started.action)
  expect(redirect).toMatchObject({
    type: 'RedirectCallback',
    output: { redirectMethod: 'GET', trackingCookie: true },
  })
  const { origin, pathname, searchParams } = new URL(urlOf(started))
  expect(origin + pathname).toBe(document.authorizationEndpoint)
  const sent = Object.fromEntries(searchParams)
  expect(sent).toMatchObject({
    client_id: 'sidegate',
    response_type: 'code',
    redirect_uri: document.redirectURI,
    scope: 'openid email profile',
    code_challenge_method: 'S256',
  })
  expect(started.state.transient).toEqual({
    'node-1.pending': { state: sent.state, nonce: sent.nonce, verifier: expect.any(String) },
  })
  expect(urlOf(started)).not.toContain(provider.clientSecret)
})

test('takes the outcome NO_ACCOUNT with the provider’s data', async () => {
  const { action, state } = await signIn()
  expect(action).toEqual({ kind: 'goTo', outcome: 'NO_ACCOUNT' })
  expect(state.shared).toEqual({
    selectedIdp: 'ours',
    username: 'ann@example.com',
    objectAttributes: { userName: 'ann@example.com' },
    nameEmptyOrNull: false,
  })
  expect(state.transient).toEqual({
    objectAttributes: {
      givenName: 'Ann',
      sn: 'Lee',
      mail: 'ann@example.com',
      aliasList: ['ours-ann-1'],
    },
  })
  expect(state.secure).toEqual({})
})

test('takes the outcome ACCOUNT_EXISTS for a known alias and identifies the person', async () => {
  people = [{ _id: 'u-1', userName: 'ann', aliasList: ['other-7', 'ours-ann-1'] }]
  const { action, state } = await signIn()
  expect(action).toEqual({
    kind: 'goTo',
    outcome: 'ACCOUNT_EXISTS',
    identified: { kind: 'user', name: 'u-1' },
  })
  expect(state.shared.username).toBe('ann')
})

test('does not identify a person by email address alone', async () => {
  people = [{ _id: 'u-1', userName: 'ann', mail: 'ann@example.com' }]
  expect(outcomeOf((await signIn()).action)).toBe('NO_ACCOUNT')
})

test('keeps the username and other aliases of a person in state', async () => {
  people = [{ _id: 'u-1', userName: 'ann', aliasList: ['other-7'] }]
  const { action, state } = await signIn({ shared: { ...chosen, userName: 'ann' } })
  expect(outcomeOf(action)).toBe('NO_ACCOUNT')
  expect(state.shared.username).toBe('ann')
  expect(state.transient.objectAttributes).toMatchObject({ aliasList: ['ours-ann-1', 'other-7'] })
})

test('fails if the alias belongs to another person than the one in state', async () => {
  people = [{ _id: 'u-1', userName: 'ann', aliasList: ['ours-ann-1'] }]
  const { action } = await signIn({ shared: { ...chosen, userName: 'ben' } })
  expect(action).toEqual({ kind: 'error', message: 'Account does not belong to user in share state.' })
})

test('fails if two people have the alias', async () => {
  people = ['a', 'b'].map((name) => ({ _id: name, userName: name, aliasList: ['ours-ann-1'] }))
  expect((await signIn()).action.kind).toBe('error')
})

test('stores tokens only if enabled', async () => {
  const { state } = await signIn({ config: { storeTokens: true } })
  expect(state.transient.socialOAuthData).toMatchObject({ ours: { access_token: expect.any(String) } })
})

test.each([
  ['a wrong secret', () => ({ clientSecret: 'guessed' })],
  ['another issuer', () => ({ issuer: 'https://idp.example.com' })],
  ['other keys than the provider’s', () => ({ jwksUriEndpoint: `http://${provider.host}/none` })],
  ['a missing userinfo endpoint', () => ({ userInfoEndpoint: `http://${provider.host}/none` })],
])('fails with %s', async (_, changed) => {
  const started = await start()
  const parameters = await provider.signIn(urlOf(started))
  document = { ...document, ...changed() }
  const { action, log } = await comeBack(started, parameters)
  expect(action).toEqual({ kind: 'error', message: 'Failed to retrieve social profile data' })
  expect(JSON.stringify(log)).not.toContain(provider.clientSecret)
})

test.each([
  ['another state', { state: 'guessed' }],
  ['another code', { code: 'guessed' }],
])('fails with %s', async (_, changed) => {
  const started = await start()
  const parameters = { ...(await provider.signIn(urlOf(started))), ...changed }
  expect((await comeBack(started, parameters)).action.kind).toBe('error')
})

test('fails with a code of another request', async () => {
  const [mine, other] = [await start(), await start()]
  const { code = '' } = await provider.signIn(urlOf(other))
  const { state = '' } = Object.fromEntries(new URL(urlOf(mine)).searchParams)
  const stolen = { code, state, iss: `http://${provider.host}` }
  expect((await comeBack(mine, stolen)).action.kind).toBe('error')
})

test('starts over for a code without a request', async () => {
  const ran = await runNode(socialProviderHandler, {
    shared: chosen,
    ports: ports(),
    request: { parameters: { code: ['stolen'], state: ['stolen'] } },
  })
  expect(callbacksOf(ran.action)[0]?.type).toBe('RedirectCallback')
})

test('has an outcome for a cancelled sign-in only in the newer type', async () => {
  const started = await start()
  const refused = { error: 'access_denied' }
  expect((await comeBack(started, refused)).action.kind).toBe('error')
  const { action } = await comeBack(started, refused, {}, socialProviderHandlerV2)
  expect(action).toEqual({ kind: 'goTo', outcome: 'SOCIAL_AUTH_INTERRUPTED' })
})

test('can read endpoints from the discovery document', async () => {
  const { issuer, authorizationEndpoint, tokenEndpoint, userInfoEndpoint, jwksUriEndpoint, ...rest } =
    document
  document = { ...rest, wellKnownEndpoint: `http://${provider.host}/.well-known/openid-configuration` }
  expect(outcomeOf((await signIn()).action)).toBe('NO_ACCOUNT')
})

test('uses userinfo for a provider without ID tokens', async () => {
  const service = await startCaptchaService()
  service.answer.body = { access_token: 'theirs', token_type: 'bearer', id: 42, first_name: 'Ann' }
  const plain: JsonObject = {
    clientId: 'sidegate',
    clientSecret: 'ours',
    clientAuthenticationMethod: 'CLIENT_SECRET_BASIC',
    scopes: ['email', 'public'],
    scopeDelimiter: ',',
    redirectURI: 'https://app.example.com/',
    pkceMethod: 'PLAIN',
    authorizationEndpoint: `${service.url}/authorize`,
    tokenEndpoint: `${service.url}/token`,
    userInfoEndpoint: `${service.url}/me`,
    authenticationIdKey: 'id',
  }
  const social = realmWithProvider(() => plain, [new URL(service.url).host])
  const given = { shared: chosen, ports: { social, identities: identities as IdentityPort, transformations } }
  const started = await runNode(socialProviderHandler, given)
  const sent = new URL(urlOf(started)).searchParams
  expect(sent.get('scope')).toBe('email,public')
  expect(sent.has('nonce')).toBe(false)
  const ran = await runNode(socialProviderHandler, {
    ...given,
    secure: started.state.transient,
    request: { parameters: { code: ['c'], state: [sent.get('state') ?? ''] } },
  })
  expect(outcomeOf(ran.action)).toBe('NO_ACCOUNT')
  expect(ran.state.transient.objectAttributes).toEqual({ givenName: 'Ann', aliasList: ['ours-42'] })
  const [token, me] = service.asked
  expect(token?.headers.authorization).toBe(`Basic ${btoa('sidegate:ours')}`)
  expect(new URLSearchParams(token?.body).get('code_verifier')).toBe(sent.get('code_challenge'))
  expect(me?.headers.authorization).toBe('Bearer theirs')
  await service.stop()
})

test('does not connect to a provider inside the network unless it is allowed', async () => {
  const started = await start()
  const parameters = await provider.signIn(urlOf(started))
  const { action } = await runNode(socialProviderHandler, {
    shared: started.state.shared,
    secure: started.state.transient,
    ports: ports([]),
    request: { parameters: { code: [parameters.code ?? ''], state: [parameters.state ?? ''] } },
  })
  expect(action.kind).toBe('error')
})

test.each([
  ['no choice', {}, {}, 'selectedIdp not found in state'],
  ['an unknown provider', { selectedIdp: 'none' }, {}, 'Selected provider does not exist.'],
  ['native clients', chosen, { clientType: 'NATIVE' }, 'Sign-in by native clients is not available'],
])('fails with %s', async (_, shared, config, message) => {
  expect((await start({ shared, config })).action).toEqual({ kind: 'error', message })
})

test('treats a disabled provider as unknown', async () => {
  document = { ...document, enabled: false }
  expect((await start()).action).toEqual({ kind: 'error', message: 'Selected provider does not exist.' })
})

test('transforms the profile with the provider’s and the node’s script', async () => {
  document = { ...document, transform: 'theirs' }
  const seen: TransformedProfile[] = []
  scripts = {
    theirs: (profile) => {
      seen.push(profile)
      return { nick: profile.rawProfile?.given_name ?? null }
    },
    ours: (profile) => {
      seen.push(profile)
      return { userName: 'nick', displayName: profile.normalizedProfile?.nick ?? null, sn: null }
    },
  }
  const { action, state } = await signIn({ config: { script: 'ours' } })
  expect(outcomeOf(action)).toBe('NO_ACCOUNT')
  expect(seen).toEqual([
    { rawProfile: expect.objectContaining({ sub: 'ann-1', given_name: 'Ann' }), selectedIdp: 'ours' },
    { normalizedProfile: { nick: 'Ann' }, selectedIdp: 'ours' },
  ])
  expect(state.shared).toEqual({
    selectedIdp: 'ours',
    username: 'nick',
    objectAttributes: { userName: 'nick' },
  })
  expect(state.transient.objectAttributes).toEqual({ displayName: 'Ann', aliasList: ['ours-ann-1'] })
})

test.each([
  ['of the provider', { transform: 'gone' }, {}],
  ['of the node', {}, { script: 'gone' }],
])('fails and names a missing script %s', async (_, changed, config) => {
  document = { ...document, ...changed }
  expect((await signIn({ config })).action).toEqual({
    kind: 'error',
    message: "Profile transformation failed: the realm has no script 'gone'",
  })
})

test('fails with the reason if a script fails', async () => {
  scripts = {
    broken: () => {
      throw new ScriptFailure('TypeError: no (Broken#3)')
    },
  }
  expect((await signIn({ config: { script: 'broken' } })).action).toEqual({
    kind: 'error',
    message: 'Profile transformation failed: TypeError: no (Broken#3)',
  })
})
