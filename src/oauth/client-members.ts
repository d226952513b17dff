import { isJsonObject, type Json } from '../base/json.ts'
import { nothingChosen } from '../base/nothing-chosen.ts'
import { assertionAlgorithms, clientAuthMethods, idTokenAlgorithms, responseTypes } from './endpoints.ts'

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
 * A member of the vendor's client document.
 * `done`: it has its effect. `detail`: it describes the client to people, or says more about another member, and promises nothing.
 * `kept`: another value than the preset is stored without effect, and is a finding. `refused`: only the listed values can be configured,
 * because another one would make the client never work, or work less safely than its administrator believes.
 */
export type ClientMember = {
  state: 'done' | 'detail' | 'kept' | 'refused'
  preset: Json
  /** Values that can be configured here. */
  values?: readonly string[]
}

const done = (preset: Json, values?: readonly string[]): ClientMember =>
  values === undefined ? { state: 'done', preset } : { state: 'done', preset, values }
const detail = (preset: Json): ClientMember => ({ state: 'detail', preset })
const kept = (preset: Json): ClientMember => ({ state: 'kept', preset })
const only = (preset: Json, values: readonly string[]): ClientMember => ({ state: 'refused', preset, values })

const encryption = 'A128CBC-HS256'
const plugin = done('PROVIDER', ['PROVIDER', 'SCRIPTED'])
const ownPlugin = kept('PROVIDER')

/** Every member of a client, by its section. The template, its schema, refusals and findings come from here. */
export const clientMembers: Readonly<Record<string, Readonly<Record<string, ClientMember>>>> = {
  coreOAuth2ClientConfig: {
    userpassword: done(null),
    clientType: done('Confidential', ['Confidential', 'Public']),
    redirectionUris: done([]),
    scopes: done([]),
    defaultScopes: done([]),
    clientName: done([]),
    authorizationCodeLifetime: done(0),
    refreshTokenLifetime: done(0),
    accessTokenLifetime: done(0),
    status: done('Active', ['Active', 'Inactive']),
    loopbackInterfaceRedirection: kept(false),
  },
  advancedOAuth2ClientConfig: {
    name: detail([]),
    descriptions: detail([]),
    requestUris: kept([]),
    responseTypes: done([...responseTypes], responseTypes),
    grantTypes: done(['authorization_code'], servedGrants),
    contacts: detail([]),
    tokenEndpointAuthMethod: only('client_secret_basic', clientAuthMethods),
    sectorIdentifierUri: kept(null),
    subjectType: only('public', ['public']),
    updateAccessToken: detail(null),
    clientUri: detail([]),
    logoUri: detail([]),
    policyUri: detail([]),
    tosURI: detail([]),
    isConsentImplied: done(false),
    mixUpMitigation: detail(false),
    customProperties: done([]),
    javascriptOrigins: kept([]),
    require_pushed_authorization_requests: done(false),
    // rule S45: otherwise a client from the template needs no PKCE
    requirePkce: done(true),
    refreshTokenGracePeriod: kept(0),
    tokenExchangeAuthLevel: kept(0),
    softwareIdentity: detail(null),
    softwareVersion: detail(null),
    treeName: kept(nothingChosen),
  },
  coreOpenIDClientConfig: {
    claims: kept([]),
    postLogoutRedirectUri: done([]),
    clientSessionUri: kept(null),
    backchannel_logout_uri: kept(null),
    backchannel_logout_session_required: detail(false),
    defaultMaxAge: done(600),
    defaultMaxAgeEnabled: done(false),
    defaultAcrValues: done([]),
    jwtTokenLifetime: done(0),
  },
  signEncOAuth2ClientConfig: {
    jwksUri: done(null),
    jwkSet: done(null),
    publicKeyLocation: done('jwks_uri', ['jwks_uri', 'jwks']),
    jwksCacheTimeout: detail(3_600_000),
    jwkStoreCacheMissCacheTime: detail(60_000),
    clientJwtPublicKey: kept(null),
    tokenEndpointAuthSigningAlgorithm: done('RS256', assertionAlgorithms),
    idTokenSignedResponseAlg: only('RS256', idTokenAlgorithms),
    idTokenEncryptionEnabled: only(false, ['false']),
    idTokenEncryptionAlgorithm: detail('RSA-OAEP-256'),
    idTokenEncryptionMethod: detail(encryption),
    idTokenPublicEncryptionKey: detail(null),
    userinfoResponseFormat: only('JSON', ['JSON', 'SIGNED_JWT']),
    userinfoSignedResponseAlg: done(null, idTokenAlgorithms),
    userinfoEncryptedResponseAlg: detail(null),
    userinfoEncryptedResponseEncryptionAlgorithm: detail(encryption),
    requestParameterSignedAlg: kept(null),
    requestParameterEncryptedAlg: kept(null),
    requestParameterEncryptedEncryptionAlgorithm: detail(encryption),
    tokenIntrospectionResponseFormat: only('JSON', ['JSON']),
    tokenIntrospectionSignedResponseAlg: detail('RS256'),
    tokenIntrospectionEncryptedResponseAlg: detail('RSA-OAEP-256'),
    tokenIntrospectionEncryptedResponseEncryptionAlgorithm: detail(encryption),
    mTLSSubjectDN: kept(null),
    mTLSTrustedCert: kept(null),
    mTLSCertificateBoundAccessTokens: only(false, ['false']),
  },
  coreUmaClientConfig: { claimsRedirectionUris: kept([]) },
  // These count only with `providerOverridesEnabled`.
  overrideOAuth2ClientConfig: {
    providerOverridesEnabled: done(false),
    accessTokenModificationPluginType: plugin,
    accessTokenModificationScript: done(nothingChosen),
    oidcClaimsPluginType: plugin,
    oidcClaimsScript: done(nothingChosen),
    evaluateScopePluginType: ownPlugin,
    evaluateScopeScript: detail(nothingChosen),
    validateScopePluginType: ownPlugin,
    validateScopeScript: detail(nothingChosen),
    authorizeEndpointDataProviderPluginType: ownPlugin,
    authorizeEndpointDataProviderScript: detail(nothingChosen),
    accessTokenMayActScript: kept(nothingChosen),
    oidcMayActScript: kept(nothingChosen),
    statelessTokensEnabled: kept(false),
    issueRefreshToken: kept(true),
    issueRefreshTokenOnRefreshedToken: kept(true),
    usePolicyEngineForScope: kept(false),
    scopesPolicySet: detail('oauth2Scopes'),
    clientsCanSkipConsent: kept(false),
    enableRemoteConsent: kept(false),
  },
}

/** A member of a document, which can be in the vendor's form `{ "inherited": false, "value": … }`. */
export function plainValue(value: Json | undefined): Json {
  const plain = isJsonObject(value) && 'inherited' in value ? value.value : value
  return plain ?? null
}

/** Whether a value chooses nothing, as the vendor's documents write it. */
export function choosesNothing(value: Json): boolean {
  return (
    value === null || value === '' || value === nothingChosen || (Array.isArray(value) && value.length === 0)
  )
}
