import { generateKeyPair, SignJWT } from 'jose'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startCaptchaService } from '../../../test/support/captcha-service.ts'
import { realmWithProvider } from '../../../test/support/identity-provider.ts'
import { callbacksOf, runNode } from '../../../test/support/run-node.ts'
import type { IdentityPort, Person } from '../ports/ports.ts'
import { social } from './social.ts'

let people: Person[]
let service: Awaited<ReturnType<typeof startCaptchaService>>
beforeAll(async () => {
  service = await startCaptchaService()
  // The response of both its token endpoint and its profile endpoint.
  service.answer.body = {
    access_token: 'theirs',
    token_type: 'bearer',
    id: '42',
    first_name: 'Ann',
    last_name: 'Lee',
    name: 'Ann Lee',
  }
})
beforeEach(() => {
  people = [{ _id: 'u-1', userName: 'ann' }]
})
afterAll(() => service.stop())

const identities: Partial<IdentityPort> = {
  fromAmAttributes: () => ({ aliasList: ['ours-42'] }),
  findByAttribute: async (name, value) => (name === 'aliasList' && value === 'ours-42' ? people : []),
}

const ports = () => ({
  identities: identities as IdentityPort,
  socialClients: realmWithProvider(() => ({}), [new URL(service.url).host]),
})

const mapping = 'org.forgerock.openam.authentication.modules.common.mapping'

const config = () => ({
  clientId: 'ours',
  clientSecret: 'x',
  authorizeEndpoint: `${service.url}/authorize`,
  tokenEndpoint: `${service.url}/token`,
  userInfoEndpoint: `${service.url}/me`,
  scopeString: 'profile,mail',
  scopeDelimiter: ',',
  redirectURI: 'https://app.example.com/',
  provider: 'ours',
  authenticationIdKey: 'id',
  cfgAccountProviderClass: `${mapping}.DefaultAccountProvider`,
  cfgAccountMapperClass: `${mapping}.JsonAttributeMapper|*|ours-`,
  cfgAccountMapperConfiguration: { id: 'iplanet-am-user-alias-list' },
  cfgAttributeMappingConfiguration: { first_name: 'givenName' },
})

test('requires the settings that the vendor requires, and sends the scopes as written', async () => {
  expect(social.config.safeParse({ clientId: 'ours' }).success).toBe(false)
  const { action } = await runNode(social, { ports: ports(), config: config() })
  const { searchParams } = new URL(String(callbacksOf(action)[0]?.output.redirectUrl))
  expect(searchParams.get('scope')).toBe('profile,mail')
})

/** Goes to the provider and returns with the given parameters, and with the right state by default. */
async function signIn(answer: Record<string, string>) {
  const started = await runNode(social, { ports: ports(), config: config() })
  const url = new URL(String(callbacksOf(started.action)[0]?.output.redirectUrl))
  const parameters = { state: url.searchParams.get('state') ?? '', ...answer }
  return runNode(social, {
    ports: ports(),
    config: config(),
    secure: started.state.transient,
    request: {
      parameters: Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, [value]])),
    },
  })
}

test('finds the person by the alias, without session properties by default', async () => {
  expect((await signIn({ code: 'code' })).action).toEqual({
    kind: 'goTo',
    outcome: 'ACCOUNT_EXISTS',
    identified: { kind: 'user', name: 'u-1' },
  })
})

test.each([
  ['no code', { error: 'access_denied' }, 'The identity provider did not sign the person in'],
  ['another state', { code: 'code', state: 'guessed' }, 'Failed to retrieve social profile data'],
])('fails with %s', async (_, answer, message) => {
  expect((await signIn(answer)).action).toEqual({ kind: 'error', message })
})

test('fails if two people have the alias', async () => {
  people.push({ _id: 'u-2', userName: 'ben' })
  const { action } = await signIn({ code: 'code' })
  expect(action).toEqual({ kind: 'error', message: 'More than one account belongs to the social identity' })
})

test('rejects other classes', async () => {
  const foreign = { ...config(), cfgAccountProviderClass: 'com.example.Provider' }
  const { action } = await runNode(social, { ports: ports(), config: foreign })
  expect(action).toEqual({ kind: 'error', message: 'com.example.Provider is not available' })
})

test('takes nothing from an ID token whose signature nobody checks', async () => {
  const { privateKey } = await generateKeyPair('RS256')
  const idToken = await new SignJWT({ id: '42' })
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer(service.url)
    .setAudience('ours')
    .setSubject('ann')
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(privateKey)
  const before = service.answer.body
  service.answer.body = { access_token: 'theirs', token_type: 'bearer', id_token: idToken }
  const { action } = await signIn({ code: 'code' })
  service.answer.body = before
  expect(action).toEqual({ kind: 'error', message: 'Failed to retrieve social profile data' })
})
