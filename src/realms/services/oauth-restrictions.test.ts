import { expect, test } from 'vitest'
import type { JsonObject } from '../../base/json.ts'
import { realmSettingsSchema } from '../realm.ts'
import { oauthProviderService } from './oauth-provider.ts'

const settings = realmSettingsSchema.parse({})

function applied(body: JsonObject, old = settings) {
  const result = oauthProviderService.apply(old, body)
  if ('error' in result) throw new Error(result.error.issues[0]?.path.join('.'))
  return result.settings
}

const code = 'code|org.forgerock.oauth2.core.AuthorizationCodeResponseTypeHandler'

/** As the vendor's tools export it, without algorithms. */
const exported = {
  advancedOAuth2Config: {
    grantTypes: ['password', 'authorization_code', 'refresh_token'],
    responseTypeClasses: [code, 'device_code|org.forgerock.oauth2.core.TokenResponseTypeHandler'],
    supportedScopes: ['openid|', 'profile|Your personal information'],
    codeVerifierEnforced: 'true',
    requirePushedAuthorizationRequests: true,
  },
  coreOAuth2Config: { issueRefreshToken: false, usePolicyEngineForScope: false },
  consent: { clientsCanSkipConsent: false, enableRemoteConsent: false },
  deviceCodeConfig: { deviceCodeLifetime: 600, devicePollInterval: 10, deviceUserCodeLength: 8 },
  clientDynamicRegistrationConfig: {
    allowDynamicRegistration: true,
    dynamicClientRegistrationScope: 'register_me',
    generateRegistrationAccessTokens: false,
    dynamicClientRegistrationSoftwareStatementRequired: false,
    requiredSoftwareStatementAttestedAttributes: ['redirect_uris'],
  },
}

test('the provider service sets what restricts clients, and shows it again', () => {
  const after = applied(exported)
  expect(after.oauth).toMatchObject({
    grantTypes: exported.advancedOAuth2Config.grantTypes,
    responseTypes: ['code', 'device_code'],
    supportedScopes: exported.advancedOAuth2Config.supportedScopes,
    requirePkce: true,
    requirePushedRequests: true,
    issueRefreshTokens: false,
    impliedConsent: false,
    device: { lifeSeconds: 600, pollSeconds: 10 },
    registration: { access: 'open', scope: 'register_me', isManaged: false },
  })
  const shown = oauthProviderService.show(after)
  expect(shown).toMatchObject({
    advancedOAuth2Config: exported.advancedOAuth2Config,
    consent: { clientsCanSkipConsent: false },
    deviceCodeConfig: { deviceCodeLifetime: 600, devicePollInterval: 10 },
  })
  expect(applied(shown, after)).toEqual(after)
})

test('the older name of a member counts, too', () => {
  const body = { advancedOAuth2Config: { require_pushed_authorization_requests: true } }
  expect(applied(body).oauth.requirePushedRequests).toBe(true)
})

test('a document without open registration never turns registration on', () => {
  const closed = { clientDynamicRegistrationConfig: { allowDynamicRegistration: false } }
  expect(applied(closed).oauth.registration.access).toBe('off')
  const open = applied({ clientDynamicRegistrationConfig: { allowDynamicRegistration: true } })
  expect(applied(closed, open).oauth.registration.access).toBe('token')
})

test.each<[string, JsonObject]>([
  ['advancedOAuth2Config.grantTypes', { advancedOAuth2Config: { grantTypes: [] } }],
  ['advancedOAuth2Config.responseTypeClasses', { advancedOAuth2Config: { responseTypeClasses: [] } }],
  [
    'advancedOAuth2Config.responseTypeClasses.0',
    { advancedOAuth2Config: { responseTypeClasses: ['code|com.example.Own'] } },
  ],
  ['consent.enableRemoteConsent', { consent: { enableRemoteConsent: true } }],
  ['coreOAuth2Config.usePolicyEngineForScope', { coreOAuth2Config: { usePolicyEngineForScope: true } }],
  ['pluginsConfig.validateScopePluginType', { pluginsConfig: { validateScopePluginType: 'SCRIPTED' } }],
  ['oauth.device.lifeSeconds', { deviceCodeConfig: { deviceCodeLifetime: 100_000 } }],
  [
    'clientDynamicRegistrationConfig.dynamicClientRegistrationSoftwareStatementRequired',
    { clientDynamicRegistrationConfig: { dynamicClientRegistrationSoftwareStatementRequired: true } },
  ],
])('refuses a restriction that is not done: %s', (path, body) => {
  expect(() => applied(body)).toThrow(path)
})

test('a removed service restricts nothing, and leaves settings that are not its own', () => {
  const own = { ...settings, oauth: { ...settings.oauth, ciba: { ...settings.oauth.ciba, journey: 'Ask' } } }
  const scripts = { pluginsConfig: { oidcClaimsScript: 'own' } }
  expect(oauthProviderService.reset?.(applied({ ...exported, ...scripts }, own))).toEqual(own)
})
