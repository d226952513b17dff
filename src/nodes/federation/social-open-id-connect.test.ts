import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { realmWithProvider, startIdentityProvider } from '../../../test/support/identity-provider.ts'
import { callbacksOf, outcomeOf, type Ran, runNode } from '../../../test/support/run-node.ts'
import type { JsonObject } from '../../base/json.ts'
import type { IdentityPort, Person } from '../ports/ports.ts'
import { socialOpenIdConnect } from './social-open-id-connect.ts'

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

const ports = (also = provider.host) => ({
  identities: identities as IdentityPort,
  socialClients: realmWithProvider(() => ({}), [provider.host, also]),
})

/** The settings of the provider in the test. */
const settings = (changes: JsonObject = {}): JsonObject => ({
  clientId: 'sidegate',
  clientSecret: provider.clientSecret,
  basicAuth: false,
  provider: 'ours',
  redirectURI: provider.document.redirectURI,
  authorizeEndpoint: provider.document.authorizationEndpoint,
  tokenEndpoint: provider.document.tokenEndpoint,
  userInfoEndpoint: provider.document.userInfoEndpoint,
  issuer: provider.document.issuer,
  openIdValidationMethod: 'JWK_URL',
  openIdValidationValue: provider.document.jwksUriEndpoint,
  ...changes,
})

async function signIn(changes?: JsonObject, more: Record<string, string> = {}, also?: string): Promise<Ran> {
  const config = settings(changes)
  const started = await runNode(socialOpenIdConnect, { ports: ports(also), config })
  const back = {
    ...(await provider.signIn(String(callbacksOf(started.action)[0]?.output.redirectUrl))),
    ...more,
  }
  const parameters = Object.fromEntries(Object.entries(back).map(([name, value]) => [name, [value]]))
  return runNode(socialOpenIdConnect, {
    ports: ports(also),
    config,
    secure: started.state.transient,
    request: { parameters },
  })
}

const discovery = () => ({
  openIdValidationMethod: 'WELL_KNOWN_URL',
  openIdValidationValue: `http://${provider.host}/.well-known/openid-configuration`,
})

test('verifies the ID token with the keys, and maps its claims', async () => {
  const { action } = await signIn()
  expect(action).toMatchObject({
    outcome: 'NO_ACCOUNT',
    sessionProperties: { 'iplanet-am-user-alias-list': 'openid-ann-1' },
  })
})

test('finds the keys and the person by the discovery document', async () => {
  people = [{ _id: 'u-1', userName: 'ann', aliasList: ['openid-ann-1'] }]
  const { action } = await signIn(discovery())
  expect(outcomeOf(action)).toBe('ACCOUNT_EXISTS')
  expect(action).toMatchObject({ identified: { kind: 'user', name: 'u-1' } })
})

test.each([
  ['another issuer', { issuer: 'https://other.example' }, {}],
  ['another state', {}, { state: 'guessed' }],
  ['a wrong client secret', { clientSecret: 'guessed' }, {}],
])('fails with %s', async (_case, changes, more) => {
  const { action, log } = await signIn(changes, more)
  expect(action).toEqual({ kind: 'error', message: 'Failed to retrieve social profile data' })
  expect(log).toEqual([{ level: 'warn', message: 'the sign-in with an identity provider failed' }])
})

test('fails with keys of somebody else', async () => {
  const other = await startIdentityProvider()
  const { action } = await signIn({ openIdValidationValue: other.document.jwksUriEndpoint })
  await other.stop()
  expect(action.kind).toBe('error')
})

test('verifies signatures of elliptic curves with keys from their own address', async () => {
  const rsa = provider
  provider = await startIdentityProvider(undefined, 'ES256')
  const { action } = await signIn()
  await provider.stop()
  provider = rsa
  expect(outcomeOf(action)).toBe('NO_ACCOUNT')
})

/** A web service that answers like the provider, except for one address. */
async function between(path: string, answer: (response: ServerResponse) => void) {
  const server = createServer(async (request, response) => {
    if (request.url === path) return answer(response)
    const found = await fetch(`http://${provider.host}${request.url}`)
    response.writeHead(found.status, { 'content-type': 'application/json' }).end(await found.text())
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return { server, host: `127.0.0.1:${(server.address() as AddressInfo).port}` }
}

test.each<[string, (response: ServerResponse) => void]>([
  [
    'names no keys',
    (response) => {
      const { issuer, authorizationEndpoint, tokenEndpoint } = provider.document
      response.end(
        JSON.stringify({
          issuer,
          authorization_endpoint: authorizationEndpoint,
          token_endpoint: tokenEndpoint,
        }),
      )
    },
  ],
  [
    'is at another address by a redirect',
    (response) => response.writeHead(302, { location: discovery().openIdValidationValue }).end(),
  ],
])('fails if the discovery document %s', async (_what, answer) => {
  const { server, host } = await between('/discovery', answer)
  const config = settings({ ...discovery(), openIdValidationValue: `http://${host}/discovery` })
  const { action, log } = await runNode(socialOpenIdConnect, { ports: ports(host), config })
  server.close()
  expect(action).toEqual({ kind: 'error', message: 'Failed to retrieve social profile data' })
  expect(log).toHaveLength(1)
})

test('needs the address of the keys', () => {
  expect(
    socialOpenIdConnect.config.safeParse(settings({ openIdValidationValue: '' })).error?.issues,
  ).toMatchObject([{ path: ['openIdValidationValue'] }])
})

test.each([
  ['code and client secret', 307, 'tokenEndpoint', '/token'],
  ['access token', 302, 'userInfoEndpoint', '/me'],
  ['request for the keys', 302, 'jwksUriEndpoint', '/jwks'],
])('sends its %s to no other address by a redirect (%i)', async (_what, status, setting, path) => {
  const { server, host } = await between(path, (response) =>
    response.writeHead(status, { location: `http://${provider.host}${path}` }).end(),
  )
  const name = { userInfoEndpoint: 'userInfoEndpoint', jwksUriEndpoint: 'openIdValidationValue' }[setting]
  const { action } = await signIn({ [name ?? setting]: `http://${host}${path}` }, {}, host)
  server.close()
  expect(action).toEqual({ kind: 'error', message: 'Failed to retrieve social profile data' })
})

test('fails if the browser returns without a code', async () => {
  const { action } = await runNode(socialOpenIdConnect, {
    ports: ports(),
    config: settings(),
    secure: { 'node-1.pending': { state: 's' } },
    request: { parameters: { error: ['access_denied'] } },
  })
  expect(action).toEqual({ kind: 'error', message: 'The identity provider did not sign the person in' })
})

test('fails if two people have the alias', async () => {
  people = ['a', 'b'].map((name) => ({ _id: name, userName: name, aliasList: ['openid-ann-1'] }))
  const { action } = await signIn()
  expect(action).toEqual({ kind: 'error', message: 'More than one account belongs to the social identity' })
})

test('refuses to verify ID tokens with the client secret', async () => {
  const config = settings({ openIdValidationMethod: 'CLIENT_SECRET' })
  const { action } = await runNode(socialOpenIdConnect, { ports: ports(), config })
  expect(action).toEqual({ kind: 'error', message: 'Validation with CLIENT_SECRET is not available' })
})
