import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../base/json.ts'
import { clientRights, oauthClientSchema } from './client-document.ts'
import { clientMetadata, noLimits } from './client-metadata.ts'

const inherited = (value: JsonObject[string]) => ({ inherited: false, value })

/** A client as exported by the vendor's tools. */
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

describe('client metadata', () => {
  test('are read from the exported document', () => {
    expect(clientMetadata('desk', exported, 'secret')).toEqual({
      client_id: 'desk',
      client_secret: 'secret',
      client_name: 'Help desk',
      token_endpoint_auth_method: 'client_secret_post',
      grant_types: ['client_credentials'],
      custom_properties: [],
      require_pushed_authorization_requests: false,
      dpop_bound_access_tokens: false,
      require_signed_request_object: false,
      response_types: [],
      redirect_uris: [],
      application_type: 'web',
      allowed_scopes: ['back_channel_authentication', 'fr:idm:*'],
      scope_lines: ['back_channel_authentication|en|Verify callers', 'fr:idm:*'],
      default_scopes: ['fr:idm:*'],
      is_consent_implied: true,
      requires_pkce: false,
      access_token_seconds: 90,
      refresh_token_seconds: 0,
      code_seconds: 0,
    })
  })

  test('allow the code flow only with a redirect URI', () => {
    const core = { redirectionUris: inherited(['https://a.example.com/in']), clientType: 'Public' }
    const advanced = { grantTypes: inherited(['authorization_code', 'refresh_token', 'password']) }
    expect(clientMetadata('app', changed(core, advanced), undefined)).toMatchObject({
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code', 'none'],
      redirect_uris: ['https://a.example.com/in'],
    })
    const tokensOnly = { ...advanced, responseTypes: inherited(['token']) }
    expect(clientMetadata('app', changed(core, tokensOnly), undefined)).toMatchObject({
      grant_types: [],
      response_types: [],
      redirect_uris: [],
    })
  })

  test('describe a native application if a redirect URI has a custom scheme', () => {
    const core = { redirectionUris: ['com.example.app:/in', 'http://127.0.0.1/in'] }
    expect(clientMetadata('app', changed(core), 'secret')).toMatchObject({ application_type: 'native' })
  })

  test('include OpenID Connect settings, and only authentication contexts of the realm', () => {
    const coreOpenIDClientConfig = {
      postLogoutRedirectUri: inherited(['https://a.example.com/out']),
      defaultMaxAgeEnabled: inherited(true),
      defaultMaxAge: inherited(600),
      defaultAcrValues: inherited(['gold', 'password']),
    }
    const document = { ...exported, coreOpenIDClientConfig }
    expect(clientMetadata('app', document, 'secret', { ...noLimits, contexts: ['password'] })).toMatchObject({
      post_logout_redirect_uris: ['https://a.example.com/out'],
      default_max_age: 600,
      default_acr_values: ['password'],
    })
  })

  test('are read from plain values too', () => {
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
  ])('never allow client credentials for a client %s', (_, document) => {
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
  ])('are undefined for a client %s', (_, document, secret) => {
    expect(clientMetadata('desk', document, secret)).toBeUndefined()
  })
})

test('an inactive client has no rights', () => {
  expect(clientRights(exported)?.scopes).toEqual(['back_channel_authentication', 'fr:idm:*'])
  expect(clientRights(changed({ status: inherited('Inactive') }))).toBeUndefined()
  expect(clientRights({})).toMatchObject({ scopes: [], defaultScopes: [] })
})

test.each([
  [changed({ scopes: inherited('all') }), 'coreOAuth2ClientConfig.scopes'],
  [changed({ scopes: ['two words'] }), 'coreOAuth2ClientConfig.scopes.0'],
  [changed({ status: 'Gone' }), 'coreOAuth2ClientConfig.status'],
  [changed({ accessTokenLifetime: -1 }), 'coreOAuth2ClientConfig.accessTokenLifetime'],
  [changed({}, { grantTypes: [1] }), 'advancedOAuth2ClientConfig.grantTypes.0'],
  [{ coreOAuth2ClientConfig: 'none' }, 'coreOAuth2ClientConfig'],
  ...['javascript:alert(1)', '/in', 'https://a.example.com/#in', 'data:text/html,x'].map(
    (uri): [JsonObject, string] => [
      changed({ redirectionUris: inherited([uri]) }),
      'coreOAuth2ClientConfig.redirectionUris.0',
    ],
  ),
])('the schema names the invalid member (%#)', (document, path) => {
  const { error } = oauthClientSchema.safeParse(document)
  expect(error?.issues.map((issue) => issue.path.join('.'))).toEqual([path])
})
