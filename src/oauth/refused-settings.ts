import type { z } from 'zod'
import type { oauthClientSchema } from './client-document.ts'
import { clientKeysOf } from './client-keys.ts'
import { faultOfPlugins } from './client-scripts.ts'
import { clientAuthMethods } from './endpoints.ts'
import { faultOfResponseTypes, isSafeForTokens, unservedResponseTypes } from './response-types.ts'

type ClientDocument = z.infer<typeof oauthClientSchema>

export type RefusedSetting = { path: string; message: string }

/** Grant types that clients can have here. The vendor's others are kept, and have no effect. */
export const servedGrants = [
  'authorization_code',
  'implicit',
  'refresh_token',
  'client_credentials',
  'urn:openid:params:grant-type:ciba',
  'urn:ietf:params:oauth:grant-type:device_code',
] as const

/**
 * Settings that can't be configured, because they promise what isn't done here: the client would never work, or less safely than
 * its administrator believes. Stored clients are not checked again.
 */
export function refusedSettings(document: ClientDocument): RefusedSetting[] {
  const { advancedOAuth2ClientConfig: advanced, signEncOAuth2ClientConfig: keys } = document
  const method = advanced.tokenEndpointAuthMethod
  const isConfidential = document.coreOAuth2ClientConfig.clientType === 'Confidential'
  const found: [path: string, message: string | undefined][] = [
    [
      'advancedOAuth2ClientConfig.tokenEndpointAuthMethod',
      // rule S45: otherwise a client is configured with a way to authenticate that is not served
      clientAuthMethods.some((served) => served === method)
        ? undefined
        : `'${method}' is not served; use one of ${clientAuthMethods.join(', ')}`,
    ],
    ['advancedOAuth2ClientConfig.responseTypes', faultOfResponseTypes(advanced)],
    [
      'signEncOAuth2ClientConfig.publicKeyLocation',
      isConfidential && method === 'private_key_jwt' && clientKeysOf(keys) === undefined
        ? 'private_key_jwt needs jwks with jwkSet, or jwks_uri with jwksUri'
        : undefined,
    ],
    ['overrideOAuth2ClientConfig', faultOfPlugins(document.overrideOAuth2ClientConfig)],
    ...notDone.map(([name, promise]): [string, string | undefined] => [
      `signEncOAuth2ClientConfig.${name}`,
      keys[name] === true ? `${promise} is not done here; set it to false` : undefined,
    ]),
  ]
  return found.flatMap(([path, message]) => (message === undefined ? [] : [{ path, message }]))
}

const notDone = [
  ['mTLSCertificateBoundAccessTokens', 'binding tokens to certificates'],
  ['idTokenEncryptionEnabled', 'encrypting ID tokens'],
] as const

/** Settings that are kept in the client's document and have no effect: what an importer reports. */
export function keptSettings(document: ClientDocument): RefusedSetting[] {
  const { grantTypes, responseTypes = [] } = document.advancedOAuth2ClientConfig
  const grants = grantTypes.filter((type) => !servedGrants.some((served) => served === type))
  return [
    ...kept('grantTypes', grants),
    ...kept('responseTypes', unservedResponseTypes(responseTypes)),
    ...unsafeForTokens(document),
  ]
}

/** What an importer and the header of a write report about a client whose codes have no proof of their own, as in AM. */
export function missingPkce(document: ClientDocument): RefusedSetting[] {
  const { coreOAuth2ClientConfig: core, advancedOAuth2ClientConfig: advanced } = document
  const hasCodes = advanced.grantTypes.includes('authorization_code')
  if (core.clientType === 'Public' || !hasCodes || advanced.requirePkce) return []
  const message = 'is not true: the client gets codes without PKCE, unless the realm requires it'
  return [{ path: 'advancedOAuth2ClientConfig.requirePkce', message }]
}

function unsafeForTokens({
  coreOAuth2ClientConfig,
  advancedOAuth2ClientConfig,
}: ClientDocument): RefusedSetting[] {
  const { grantTypes, responseTypes = [] } = advancedOAuth2ClientConfig
  const unsafe = (coreOAuth2ClientConfig.redirectionUris ?? []).find((uri) => !isSafeForTokens(uri))
  if (unsafe === undefined || !grantTypes.includes('implicit') || !responseTypes.includes('id_token'))
    return []
  const message = `id_token is not served: the redirection URI ${unsafe} is not https, or is localhost`
  return [{ path: 'advancedOAuth2ClientConfig.responseTypes', message }]
}

function kept(name: string, values: readonly string[]): RefusedSetting[] {
  if (values.length === 0) return []
  const message = `kept without effect: ${values.join(', ')}`
  return [{ path: `advancedOAuth2ClientConfig.${name}`, message }]
}
