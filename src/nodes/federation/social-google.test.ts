import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { realmWithProvider, startIdentityProvider } from '../../../test/support/identity-provider.ts'
import { callbacksOf, outcomeOf, type Ran, runNode } from '../../../test/support/run-node.ts'
import type { JsonObject } from '../../base/json.ts'
import type { IdentityPort, Person } from '../ports/ports.ts'
import { socialGoogle } from './social-google.ts'

let provider: Awaited<ReturnType<typeof startIdentityProvider>>
let people: Person[]

beforeAll(async () => {
  provider = await startIdentityProvider()
})
beforeEach(() => {
  people = []
})
afterAll(() => provider.stop())

const identities: Partial<IdentityPort> = {
  findByAttribute: async (name, value) => people.filter((person) => [person[name]].flat().includes(value)),
  fromAmAttributes: ({ 'iplanet-am-user-alias-list': aliasList = [], ...others }) => ({
    ...(aliasList.length > 0 ? { aliasList: [...aliasList] } : {}),
    ...Object.fromEntries(Object.entries(others).map(([name, [first = '']]) => [name, first])),
  }),
}

const ports = () => ({
  identities: identities as IdentityPort,
  socialClients: realmWithProvider(() => ({}), [provider.host]),
})

/** The settings of a provider in the test, instead of Google's. */
const settings = (changes: JsonObject = {}): JsonObject => ({
  clientId: 'sidegate',
  clientSecret: provider.clientSecret,
  basicAuth: false,
  scopeString: 'openid profile email',
  redirectURI: provider.document.redirectURI,
  authorizeEndpoint: provider.document.authorizationEndpoint,
  tokenEndpoint: provider.document.tokenEndpoint,
  userInfoEndpoint: provider.document.userInfoEndpoint,
  ...changes,
})

const start = (changes?: JsonObject) => runNode(socialGoogle, { ports: ports(), config: settings(changes) })

const urlOf = ({ action }: Ran) => String(callbacksOf(action)[0]?.output.redirectUrl)

const comeBack = (started: Ran, parameters: Record<string, string>, changes?: JsonObject) =>
  runNode(socialGoogle, {
    ports: ports(),
    config: settings(changes),
    secure: started.state.transient,
    request: {
      parameters: Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, [value]])),
    },
  })

async function signIn(changes?: JsonObject, more: Record<string, string> = {}) {
  const started = await start(changes)
  return comeBack(started, { ...(await provider.signIn(urlOf(started))), ...more }, changes)
}

test('redirects the browser to Google by default', async () => {
  const config = { clientId: 'ours', clientSecret: 'x', redirectURI: 'https://app.example.com/' }
  const { action, state } = await runNode(socialGoogle, { ports: ports(), config })
  const [redirect] = callbacksOf(action)
  expect(redirect).toMatchObject({ type: 'RedirectCallback', output: { redirectMethod: 'GET' } })
  const { origin, pathname, searchParams } = new URL(String(redirect?.output.redirectUrl))
  expect(origin + pathname).toBe('https://accounts.google.com/o/oauth2/v2/auth')
  expect(Object.fromEntries(searchParams)).toMatchObject({
    client_id: 'ours',
    response_type: 'code',
    scope: 'profile email',
    redirect_uri: config.redirectURI,
  })
  expect(Object.keys(state.transient)).toEqual(['node-1.pending'])
})

test('takes the outcome NO_ACCOUNT with the provider’s data for nodes that provision', async () => {
  const { action, state } = await signIn()
  expect(action).toEqual({
    kind: 'goTo',
    outcome: 'NO_ACCOUNT',
    sessionProperties: {
      givenName: 'Ann',
      sn: 'Lee',
      mail: 'ann@example.com',
      'iplanet-am-user-alias-list': 'google-ann-1',
    },
  })
  expect(state.shared).toEqual({
    emailAddress: 'ann@example.com',
    userInfo: {
      attributes: {
        givenName: ['Ann'],
        sn: ['Lee'],
        'iplanet-am-user-alias-list': ['google-ann-1'],
        mail: ['ann@example.com'],
      },
      userNames: { 'iplanet-am-user-alias-list': ['google-ann-1'] },
    },
  })
  expect(state.secure).toEqual({})
})

test('takes the outcome ACCOUNT_EXISTS for the alias, without session properties unless enabled', async () => {
  people = [{ _id: 'u-1', userName: 'ann', aliasList: ['google-ann-1'] }]
  const { action, state } = await signIn({ saveUserAttributesToSession: false })
  expect(action).toEqual({
    kind: 'goTo',
    outcome: 'ACCOUNT_EXISTS',
    identified: { kind: 'user', name: 'u-1' },
  })
  expect(state.shared.username).toBe('ann')
})

test('prefixes values as the mapper says', async () => {
  const mapping = 'org.forgerock.openam.authentication.modules.common.mapping.JsonAttributeMapper'
  const changes = {
    cfgAccountMapperClass: mapping,
    cfgAccountMapperConfiguration: { email: 'mail' },
    cfgAttributeMappingClasses: [`${mapping}|givenName,sn|x-`],
  }
  people = [{ _id: 'u-1', userName: 'ann', mail: 'ann@example.com' }]
  const { action } = await signIn(changes)
  expect(action).toMatchObject({
    outcome: 'ACCOUNT_EXISTS',
    sessionProperties: { givenName: 'x-Ann', sn: 'x-Lee', mail: 'ann@example.com' },
  })
})

test('fails if two people have the alias', async () => {
  people = ['a', 'b'].map((name) => ({ _id: name, userName: name, aliasList: ['google-ann-1'] }))
  expect((await signIn()).action).toEqual({
    kind: 'error',
    message: 'More than one account belongs to the social identity',
  })
})

test('fails if the browser returns without a code', async () => {
  expect((await comeBack(await start(), { error: 'access_denied' })).action).toEqual({
    kind: 'error',
    message: 'The identity provider did not sign the person in',
  })
})

test.each([
  ['another state', { state: 'guessed' }],
  ['another code', { code: 'guessed' }],
])('fails with %s', async (_, more) => {
  const { action, log } = await signIn({}, more)
  expect(action).toEqual({ kind: 'error', message: 'Failed to retrieve social profile data' })
  expect(log).toEqual([{ level: 'warn', message: 'the sign-in with an identity provider failed' }])
})

test('fails with a wrong client secret', async () => {
  expect((await signIn({ clientSecret: 'guessed' })).action.kind).toBe('error')
})

test('requires issuer and client in the redirect with mix-up mitigation', async () => {
  const issuer = `http://${provider.host}`
  const safe = { cfgMixUpMitigation: true, issuer }
  expect(outcomeOf((await signIn(safe, { client_id: 'sidegate' })).action)).toBe('NO_ACCOUNT')
  expect((await signIn(safe)).action.kind).toBe('error')
  expect((await signIn(safe, { client_id: 'other' })).action.kind).toBe('error')
  expect((await signIn(safe, { client_id: 'sidegate', iss: 'https://other' })).action.kind).toBe('error')
})

test.each([
  ['cfgAccountProviderClass', 'com.example.Provider'],
  ['cfgAccountMapperClass', 'com.example.Mapper'],
  ['cfgAttributeMappingClasses', ['com.example.Mapper']],
])('rejects another class in %s', async (name, value) => {
  expect((await start({ [name]: value })).action).toEqual({
    kind: 'error',
    message: `${[value].flat()[0]} is not available`,
  })
})
