import { done, kept, type Members, note, refused } from '../base/members.ts'
import { nothingChosen } from '../base/nothing-chosen.ts'
import { assertionAlgorithms, clientAuthMethods, responseTypes, signingAlgorithms } from './endpoints.ts'

/** Grant types that clients can have here. The vendor's others are kept, and have no effect. */
export const servedGrants = [
  'authorization_code',
  'implicit',
  'refresh_token',
  'client_credentials',
  'urn:openid:params:grant-type:ciba',
  'urn:ietf:params:oauth:grant-type:device_code',
] as const

const encryptionIsMissing = 'encryption is not done here'
const encryption = 'A128CBC-HS256'
const formats = ['JSON', 'SIGNED_JWT']
const plugins = ['PROVIDER', 'SCRIPTED']
const noSuchKeys = 'the realm has no other keys'
const realmsScript = 'no such script runs here'

/**
 * All members of a client in the vendor's form, by section: what each one does here. The template, the form, findings and the
 * page of members follow.
 */
export const clientMembers = {
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
    loopbackInterfaceRedirection: kept(
      false,
      'only applications with a scheme of their own may use any port',
    ),
  },
  advancedOAuth2ClientConfig: {
    name: kept([], 'pages show clientName'),
    descriptions: note([]),
    requestUris: kept([], 'requests are not read from addresses'),
    responseTypes: done([...responseTypes], responseTypes),
    grantTypes: done(['authorization_code'], servedGrants),
    contacts: note([]),
    tokenEndpointAuthMethod: done('client_secret_basic', clientAuthMethods, 'is not served'),
    sectorIdentifierUri: done(null),
    subjectType: done('public', ['public', 'pairwise'], 'is not served'),
    updateAccessToken: note(null),
    clientUri: note([]),
    logoUri: note([]),
    policyUri: note([]),
    tosURI: note([]),
    isConsentImplied: done(false),
    mixUpMitigation: note(false),
    customProperties: done([]),
    javascriptOrigins: kept([], 'origins are a setting of the realm'),
    require_pushed_authorization_requests: done(false),
    dpop_bound_access_tokens: done(false),
    require_signed_request_object: done(false),
    fapi2: done(false),
    // rule S45: otherwise a client from the template needs no PKCE
    requirePkce: done(true),
    refreshTokenGracePeriod: kept(0, 'a replaced refresh token ends at once'),
    tokenExchangeAuthLevel: kept(0, 'applications exchange no tokens'),
    softwareIdentity: note(null),
    softwareVersion: note(null),
    treeName: done(nothingChosen),
  },
  coreOpenIDClientConfig: {
    claims: kept([], 'claims follow from scopes'),
    postLogoutRedirectUri: done([]),
    clientSessionUri: kept(null, 'browsers block such frames; use backchannel_logout_uri'),
    backchannel_logout_uri: done(null),
    backchannel_logout_session_required: note(false),
    defaultMaxAge: done(600),
    defaultMaxAgeEnabled: done(false),
    defaultAcrValues: done([]),
    jwtTokenLifetime: done(0),
    initiateLoginUri: note(null),
  },
  signEncOAuth2ClientConfig: {
    jwksUri: done(null),
    jwkSet: done(null),
    publicKeyLocation: done('jwks_uri', ['jwks_uri', 'jwks']),
    jwksCacheTimeout: kept(3_600_000, 'keys are read again after a minute, or when their headers say so'),
    jwkStoreCacheMissCacheTime: kept(60_000, 'keys are read again after a minute'),
    clientJwtPublicKey: kept(null, 'keys come from jwkSet or jwksUri'),
    tokenEndpointAuthSigningAlgorithm: done('RS256', assertionAlgorithms),
    idTokenSignedResponseAlg: done('RS256', signingAlgorithms, noSuchKeys),
    idTokenEncryptionEnabled: refused(false, encryptionIsMissing),
    idTokenEncryptionAlgorithm: note('RSA-OAEP-256'),
    idTokenEncryptionMethod: note(encryption),
    idTokenPublicEncryptionKey: note(null),
    userinfoResponseFormat: done('JSON', formats, encryptionIsMissing),
    userinfoSignedResponseAlg: done(null, signingAlgorithms, noSuchKeys),
    userinfoEncryptedResponseAlg: note(null),
    userinfoEncryptedResponseEncryptionAlgorithm: note(encryption),
    requestParameterSignedAlg: done(null, assertionAlgorithms, 'no other signatures are checked'),
    requestParameterEncryptedAlg: refused(null, encryptionIsMissing),
    requestParameterEncryptedEncryptionAlgorithm: note(encryption),
    tokenIntrospectionResponseFormat: done('JSON', formats, encryptionIsMissing),
    tokenIntrospectionSignedResponseAlg: done('RS256', signingAlgorithms, noSuchKeys),
    tokenIntrospectionEncryptedResponseAlg: note('RSA-OAEP-256'),
    tokenIntrospectionEncryptedResponseEncryptionAlgorithm: note(encryption),
    mTLSSubjectDN: kept(null, 'clients do not authenticate by certificates'),
    mTLSTrustedCert: kept(null, 'clients do not authenticate by certificates'),
    mTLSCertificateBoundAccessTokens: refused(false, 'binding tokens to certificates is not done here'),
  },
  coreUmaClientConfig: { claimsRedirectionUris: kept([], 'UMA is not served') },
  overrideOAuth2ClientConfig: {
    providerOverridesEnabled: done(false),
    accessTokenModificationPluginType: done('PROVIDER', plugins),
    accessTokenModificationScript: done(nothingChosen),
    oidcClaimsPluginType: done('PROVIDER', plugins),
    oidcClaimsScript: done(nothingChosen),
    evaluateScopePluginType: kept('PROVIDER', realmsScript),
    evaluateScopeScript: kept(nothingChosen, realmsScript),
    validateScopePluginType: refused('PROVIDER', 'scripts that validate scopes are not run'),
    validateScopeScript: kept(nothingChosen, realmsScript),
    authorizeEndpointDataProviderPluginType: kept('PROVIDER', realmsScript),
    authorizeEndpointDataProviderScript: kept(nothingChosen, realmsScript),
    accessTokenMayActScript: kept(nothingChosen, realmsScript),
    oidcMayActScript: kept(nothingChosen, realmsScript),
    statelessTokensEnabled: kept(false, 'access tokens are never JWTs'),
    issueRefreshToken: done(true),
    issueRefreshTokenOnRefreshedToken: kept(true, 'each refresh gives a new refresh token'),
    usePolicyEngineForScope: refused(false, 'the policy engine is not done here'),
    scopesPolicySet: note('oauth2Scopes'),
    clientsCanSkipConsent: kept(false, 'isConsentImplied of the client decides, if the realm allows it'),
    enableRemoteConsent: refused(false, 'remote consent is not done here'),
  },
  cibaClientConfig: {
    tokenDeliveryMode: done('poll', ['poll', 'ping']),
    notificationEndpoint: done(null),
    userCodeRequired: done(false),
  },
} satisfies Members
