import { describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '../base/json.ts'
import { clientMembers } from './client-members.ts'
import { clientMetadata, noLimits } from './client-metadata.ts'
import { configuredClient } from './client-record.ts'
import { clientTemplate } from './client-template.ts'

// Walks the table: each member has its effect, is refused with its name, or is a finding.

const rows = Object.entries(clientMembers).flatMap(([section, members]) =>
  Object.entries(members).map(([name, member]) => ({ section, name, ...member, path: `${section}.${name}` })),
)
const inState = (state: string) => rows.filter((row) => row.state === state)

type Change = { value: Json; with?: Readonly<Record<string, Json>> }

const key = {
  kty: 'EC',
  crv: 'P-256',
  x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
  y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
}
const byKeys = {
  'advancedOAuth2ClientConfig.tokenEndpointAuthMethod': 'private_key_jwt',
  'signEncOAuth2ClientConfig.jwksUri': 'https://a.example.com/keys',
  'signEncOAuth2ClientConfig.jwkSet': JSON.stringify({ keys: [key] }),
}
const overridden = { 'overrideOAuth2ClientConfig.providerOverridesEnabled': true }

/** A value for each member with an effect, and what the effect needs, too. */
const changes: Readonly<Record<string, Change>> = {
  'coreOAuth2ClientConfig.clientType': { value: 'Public' },
  'coreOAuth2ClientConfig.redirectionUris': { value: ['https://b.example.com/in'] },
  'coreOAuth2ClientConfig.scopes': { value: ['email'] },
  'coreOAuth2ClientConfig.defaultScopes': { value: ['openid'] },
  'coreOAuth2ClientConfig.clientName': { value: ['Bank'] },
  'coreOAuth2ClientConfig.authorizationCodeLifetime': { value: 30 },
  'coreOAuth2ClientConfig.refreshTokenLifetime': { value: 30 },
  'coreOAuth2ClientConfig.accessTokenLifetime': { value: 30 },
  'coreOAuth2ClientConfig.status': { value: 'Inactive' },
  'advancedOAuth2ClientConfig.responseTypes': { value: ['code'] },
  'advancedOAuth2ClientConfig.grantTypes': { value: ['client_credentials'] },
  'advancedOAuth2ClientConfig.isConsentImplied': { value: true },
  'advancedOAuth2ClientConfig.customProperties': { value: ['tier=gold'] },
  'advancedOAuth2ClientConfig.require_pushed_authorization_requests': { value: true },
  'advancedOAuth2ClientConfig.requirePkce': { value: false },
  'coreOpenIDClientConfig.postLogoutRedirectUri': { value: ['https://a.example.com/out'] },
  'coreOpenIDClientConfig.defaultMaxAge': {
    value: 60,
    with: { 'coreOpenIDClientConfig.defaultMaxAgeEnabled': true },
  },
  'coreOpenIDClientConfig.defaultMaxAgeEnabled': { value: true },
  'coreOpenIDClientConfig.defaultAcrValues': { value: ['strong'] },
  'coreOpenIDClientConfig.jwtTokenLifetime': { value: 30 },
  'signEncOAuth2ClientConfig.jwksUri': { value: 'https://b.example.com/keys', with: byKeys },
  'signEncOAuth2ClientConfig.jwkSet': {
    value: JSON.stringify({ keys: [{ ...key, kid: 'b' }] }),
    with: { ...byKeys, 'signEncOAuth2ClientConfig.publicKeyLocation': 'jwks' },
  },
  'signEncOAuth2ClientConfig.publicKeyLocation': { value: 'jwks', with: byKeys },
  'signEncOAuth2ClientConfig.tokenEndpointAuthSigningAlgorithm': { value: 'ES256', with: byKeys },
  'signEncOAuth2ClientConfig.userinfoSignedResponseAlg': {
    value: 'ES256',
    with: { 'signEncOAuth2ClientConfig.userinfoResponseFormat': 'SIGNED_JWT' },
  },
  'overrideOAuth2ClientConfig.providerOverridesEnabled': {
    value: true,
    with: { 'overrideOAuth2ClientConfig.accessTokenModificationPluginType': 'SCRIPTED' },
  },
  'overrideOAuth2ClientConfig.accessTokenModificationPluginType': { value: 'SCRIPTED', with: overridden },
  'overrideOAuth2ClientConfig.accessTokenModificationScript': {
    value: 'one',
    with: { ...overridden, 'overrideOAuth2ClientConfig.accessTokenModificationPluginType': 'SCRIPTED' },
  },
  'overrideOAuth2ClientConfig.oidcClaimsPluginType': { value: 'SCRIPTED', with: overridden },
  'overrideOAuth2ClientConfig.oidcClaimsScript': {
    value: 'one',
    with: { ...overridden, 'overrideOAuth2ClientConfig.oidcClaimsPluginType': 'SCRIPTED' },
  },
}

/** A client from the template with these members. */
function documentWith(members: Readonly<Record<string, Json>>): JsonObject {
  const document = structuredClone(clientTemplate) as Record<string, JsonObject>
  const usual = {
    'coreOAuth2ClientConfig.redirectionUris': ['https://a.example.com/in'],
    'coreOAuth2ClientConfig.scopes': ['openid', 'profile'],
  }
  for (const [path, value] of Object.entries({ ...usual, ...members })) {
    const [section = '', name = ''] = path.split('.')
    document[section] = { ...document[section], [name]: { inherited: false, value } }
  }
  return document
}

const configured = (members: Readonly<Record<string, Json>>) =>
  configuredClient('app', documentWith(members), {
    sealedSecret: undefined,
    seal: (secret) => `sealed ${secret}`,
    lookup: () => undefined,
  })

const metadata = (members: Readonly<Record<string, Json>>) => {
  const made = configured(members)
  if ('fault' in made) throw new Error(`${made.fault.path}: ${made.fault.message}`)
  return clientMetadata('app', made.client.document, 'secret', { ...noLimits, contexts: ['strong'] })
}

/** A value that nobody serves, of the kind of the preset. */
const unserved = (preset: Json): Json => {
  if (typeof preset === 'boolean') return !preset
  if (typeof preset === 'number') return preset + 7
  return Array.isArray(preset) ? ['https://a.example.com/other'] : 'something else'
}

describe('a member of a client', () => {
  test('from the template is neither refused nor a finding', () => {
    expect(configured({})).toMatchObject({ findings: [] })
  })

  test.each(inState('done').filter(({ name }) => name !== 'userpassword'))(
    '$path has its effect',
    ({ path }) => {
      const change = changes[path]
      if (change === undefined) throw new Error(`the test needs a value for ${path}`)
      expect(metadata({ ...change.with, [path]: change.value })).not.toEqual(metadata({ ...change.with }))
    },
  )

  test('coreOAuth2ClientConfig.userpassword is sealed, and not in the document', () => {
    const made = configured({ 'coreOAuth2ClientConfig.userpassword': 'a secret' })
    expect(made).toMatchObject({ client: { sealedSecret: 'sealed a secret' } })
    expect(JSON.stringify('client' in made && made.client.document)).not.toContain('a secret')
  })

  test.each(inState('refused'))(
    '$path can only have the values that are served',
    ({ path, preset, values = [] }) => {
      const name = path.split('.')[1]
      expect(configured({ [path]: unserved(preset) })).toEqual({
        fault: { path, message: expect.stringMatching(/is not served; use/) },
      })
      for (const value of values.filter((each) => each !== 'private_key_jwt')) {
        const given = typeof preset === 'boolean' ? value === 'true' : value
        expect(configured({ [path]: given }), `${name} ${value}`).toHaveProperty('client')
      }
    },
  )

  test.each(inState('kept'))('$path without effect is a finding', ({ path, preset, section }) => {
    const others = section === 'overrideOAuth2ClientConfig' ? overridden : {}
    expect(configured({ ...others, [path]: unserved(preset) })).toMatchObject({
      findings: [{ path, message: 'kept without effect' }],
    })
  })
})

test.each(['ES256', 'RS256'])(
  'ID tokens and signed answers of userinfo are announced with %s',
  (algorithm) => {
    const made = metadata({
      'signEncOAuth2ClientConfig.idTokenSignedResponseAlg': algorithm,
      'signEncOAuth2ClientConfig.userinfoResponseFormat': 'SIGNED_JWT',
      'signEncOAuth2ClientConfig.userinfoSignedResponseAlg': algorithm,
    })
    expect(made).toMatchObject({
      id_token_signed_response_alg: algorithm,
      userinfo_signed_response_alg: algorithm,
    })
  },
)
