import { isJsonObject, type Json, type JsonObject } from '../base/json.ts'
import { nothingChosen } from '../base/nothing-chosen.ts'
import { assertionAlgorithms, clientAuthMethods, responseTypes } from './endpoints.ts'
import { servedGrants } from './refused-settings.ts'

const encryption = 'A128CBC-HS256'
const plugin = 'PROVIDER'

/** A new client as the vendor's tools start with it. Members without an effect here are kept. */
export const clientTemplate = {
  coreOAuth2ClientConfig: {
    userpassword: null,
    clientType: 'Confidential',
    redirectionUris: [],
    scopes: [],
    defaultScopes: [],
    clientName: [],
    authorizationCodeLifetime: 0,
    refreshTokenLifetime: 0,
    accessTokenLifetime: 0,
    status: 'Active',
    loopbackInterfaceRedirection: false,
  },
  advancedOAuth2ClientConfig: {
    name: [],
    descriptions: [],
    requestUris: [],
    responseTypes: [...responseTypes],
    grantTypes: ['authorization_code'],
    contacts: [],
    tokenEndpointAuthMethod: 'client_secret_basic',
    sectorIdentifierUri: null,
    subjectType: 'public',
    updateAccessToken: null,
    clientUri: [],
    logoUri: [],
    policyUri: [],
    tosURI: [],
    isConsentImplied: false,
    mixUpMitigation: false,
    customProperties: [],
    javascriptOrigins: [],
    require_pushed_authorization_requests: false,
    // rule S45: otherwise a client from the template needs no PKCE
    requirePkce: true,
    refreshTokenGracePeriod: 0,
    tokenExchangeAuthLevel: 0,
    softwareIdentity: null,
    softwareVersion: null,
    treeName: nothingChosen,
  },
  coreOpenIDClientConfig: {
    claims: [],
    postLogoutRedirectUri: [],
    clientSessionUri: null,
    backchannel_logout_uri: null,
    backchannel_logout_session_required: false,
    defaultMaxAge: 600,
    defaultMaxAgeEnabled: false,
    defaultAcrValues: [],
    jwtTokenLifetime: 0,
  },
  signEncOAuth2ClientConfig: {
    jwksUri: null,
    jwkSet: null,
    publicKeyLocation: 'jwks_uri',
    jwksCacheTimeout: 3_600_000,
    jwkStoreCacheMissCacheTime: 60_000,
    clientJwtPublicKey: null,
    tokenEndpointAuthSigningAlgorithm: 'RS256',
    idTokenSignedResponseAlg: 'RS256',
    idTokenEncryptionEnabled: false,
    idTokenEncryptionAlgorithm: 'RSA-OAEP-256',
    idTokenEncryptionMethod: encryption,
    idTokenPublicEncryptionKey: null,
    userinfoResponseFormat: 'JSON',
    userinfoSignedResponseAlg: null,
    userinfoEncryptedResponseAlg: null,
    userinfoEncryptedResponseEncryptionAlgorithm: encryption,
    requestParameterSignedAlg: null,
    requestParameterEncryptedAlg: null,
    requestParameterEncryptedEncryptionAlgorithm: encryption,
    tokenIntrospectionResponseFormat: 'JSON',
    tokenIntrospectionSignedResponseAlg: 'RS256',
    tokenIntrospectionEncryptedResponseAlg: 'RSA-OAEP-256',
    tokenIntrospectionEncryptedResponseEncryptionAlgorithm: encryption,
    mTLSSubjectDN: null,
    mTLSTrustedCert: null,
    mTLSCertificateBoundAccessTokens: false,
  },
  coreUmaClientConfig: { claimsRedirectionUris: [] },
  overrideOAuth2ClientConfig: {
    providerOverridesEnabled: false,
    accessTokenModificationPluginType: plugin,
    accessTokenModificationScript: nothingChosen,
    oidcClaimsPluginType: plugin,
    oidcClaimsScript: nothingChosen,
    evaluateScopePluginType: plugin,
    evaluateScopeScript: nothingChosen,
    validateScopePluginType: plugin,
    validateScopeScript: nothingChosen,
    authorizeEndpointDataProviderPluginType: plugin,
    authorizeEndpointDataProviderScript: nothingChosen,
    accessTokenMayActScript: nothingChosen,
    oidcMayActScript: nothingChosen,
    statelessTokensEnabled: false,
    issueRefreshToken: true,
    issueRefreshTokenOnRefreshedToken: true,
    usePolicyEngineForScope: false,
    scopesPolicySet: 'oauth2Scopes',
    clientsCanSkipConsent: false,
    enableRemoteConsent: false,
  },
} satisfies JsonObject

const plugins = [plugin, 'SCRIPTED']

/** Values that can be configured here. The vendor's other values are kept without effect or refused. */
const choices: Readonly<Record<string, readonly string[]>> = {
  clientType: ['Confidential', 'Public'],
  status: ['Active', 'Inactive'],
  responseTypes,
  grantTypes: servedGrants,
  tokenEndpointAuthMethod: clientAuthMethods,
  subjectType: ['public'],
  publicKeyLocation: ['jwks_uri', 'jwks'],
  tokenEndpointAuthSigningAlgorithm: assertionAlgorithms,
  accessTokenModificationPluginType: plugins,
  oidcClaimsPluginType: plugins,
}

/** The form of a client in the vendor's shape: a section for each group of settings. */
export function clientSchema(): JsonObject {
  const sections = Object.entries(clientTemplate).map(([name, section], place) => [
    name,
    {
      type: 'object',
      title: titleOf(name),
      propertyOrder: place,
      properties: Object.fromEntries(
        Object.entries(section).map(([member, value], order) => [member, propertyOf(member, value, order)]),
      ),
    },
  ])
  return { type: 'object', properties: Object.fromEntries(sections) }
}

function propertyOf(name: string, value: Json, order: number): JsonObject {
  const values = choices[name]
  const given = values === undefined ? {} : { enum: [...values] }
  const isSecret = name === 'userpassword'
  return {
    title: titleOf(name),
    description: '',
    propertyOrder: (order + 1) * 100,
    required: false,
    exampleValue: '',
    ...(isSecret ? { format: 'password' } : {}),
    ...(Array.isArray(value)
      ? { type: 'array', items: { type: 'string', ...given } }
      : { type: typeOf(value), ...given }),
  }
}

function typeOf(value: Json): string {
  if (typeof value === 'boolean' || typeof value === 'number') return typeof value
  return isJsonObject(value) ? 'object' : 'string'
}

/** `redirectionUris` is titled *Redirection Uris*. */
function titleOf(name: string): string {
  const words = name.replaceAll('_', ' ').replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
  return words.replaceAll(/(^|\s)[a-z]/g, (letter) => letter.toUpperCase())
}
