import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../journey/json.ts'
import { clientMetadata, clientRights, oauthClientSchema } from './client-metadata.ts'

const inherited = (value: JsonObject[string]) => ({ inherited: false, value })

/** As the vendor's tools export it. */
const exported = {
  coreOAuth2ClientConfig: {
    userpassword: null,
    clientType: inherited('Confidential'),
    scopes: inherited(['back_channel_authentication|en|Verify callers', 'fr:idm:*']),
    defaultScopes: inherited(['fr:idm:*', 'not-mine']),
    redirectionUris: inherited([]),
    status: inherited('Active'),
    clientName: inherited(['Help desk']),
    accessTokenLifetime: inherited(90),
    agentgroup: null,
  },
  advancedOAuth2ClientConfig: {
    grantTypes: inherited(['client_credentials', 'authorization_code']),
    tokenEndpointAuthMethod: inherited('client_secret_post'),
    isConsentImplied: inherited(true),
  },
  coreUmaClientConfig: {},
}

const changed = (core: JsonObject, advanced: JsonObject = {}): JsonObject => ({
  coreOAuth2ClientConfig: { ...exported.coreOAuth2ClientConfig, ...core },
  advancedOAuth2ClientConfig: { ...exported.advancedOAuth2ClientConfig, ...advanced },
})

describe('the metadata of a client', () => {
  test('come from the exported document', () => {
    expect(clientMetadata('desk', exported, 'secret')).toEqual({
      client_id: 'desk',
      client_secret: 'secret',
      token_endpoint_auth_method: 'client_secret_post',
      grant_types: ['client_credentials'],
      response_types: [],
      redirect_uris: [],
      allowed_scopes: ['back_channel_authentication', 'fr:idm:*'],
      default_scopes: ['fr:idm:*'],
      access_token_seconds: 90,
    })
  })

  test('come from plain values alike', () => {
    const document = {
      coreOAuth2ClientConfig: { scopes: ['a'] },
      advancedOAuth2ClientConfig: { grantTypes: ['client_credentials'] },
    }
    expect(clientMetadata('desk', document, 'secret')).toMatchObject({
      grant_types: ['client_credentials'],
      token_endpoint_auth_method: 'client_secret_basic',
      allowed_scopes: ['a'],
      access_token_seconds: 0,
    })
  })

  test.each([
    ['of type Public', changed({ clientType: 'Public' })],
    ['without authentication', changed({}, { tokenEndpointAuthMethod: inherited('none') })],
  ])('never let a client %s have tokens of its own', (_, document) => {
    const metadata = clientMetadata('desk', document, 'secret')
    expect(metadata).toMatchObject({ token_endpoint_auth_method: 'none', grant_types: [] })
    expect(metadata).not.toHaveProperty('client_secret')
  })

  test.each([
    ['inactive', changed({ status: 'Inactive' }), 'secret'],
    ['without a secret', exported, undefined],
    [
      'with a way to prove itself that we do not have',
      changed({}, { tokenEndpointAuthMethod: 'private_key_jwt' }),
      'secret',
    ],
    ['with a document that cannot be read', changed({ scopes: 'all' }), 'secret'],
  ])('are none for a client %s', (_, document, secret) => {
    expect(clientMetadata('desk', document, secret)).toBeUndefined()
  })
})

test('rights end with the status', () => {
  expect(clientRights(exported)?.scopes).toEqual(['back_channel_authentication', 'fr:idm:*'])
  expect(clientRights(changed({ status: inherited('Inactive') }))).toBeUndefined()
  expect(clientRights({})).toMatchObject({ scopes: [], defaultScopes: [] })
})

test.each([
  [changed({ scopes: inherited('all') }), 'coreOAuth2ClientConfig.scopes'],
  [changed({ scopes: ['two words'] }), 'coreOAuth2ClientConfig.scopes.0'],
  [changed({ userpassword: 'pässword' }), 'coreOAuth2ClientConfig.userpassword'],
  [changed({ status: 'Gone' }), 'coreOAuth2ClientConfig.status'],
  [changed({ accessTokenLifetime: -1 }), 'coreOAuth2ClientConfig.accessTokenLifetime'],
  [changed({}, { grantTypes: [1] }), 'advancedOAuth2ClientConfig.grantTypes.0'],
  [{ coreOAuth2ClientConfig: 'none' }, 'coreOAuth2ClientConfig'],
])('the schema names what is wrong (%#)', (document, path) => {
  const { error } = oauthClientSchema.safeParse(document)
  expect(error?.issues.map((issue) => issue.path.join('.'))).toEqual([path])
})
