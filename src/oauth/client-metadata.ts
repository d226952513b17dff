import type { AdapterPayload } from 'oidc-provider'
import { z } from 'zod'
import { defined } from '../base/defined.ts'
import type { JsonObject } from '../base/json.ts'
import { nothingChosen } from '../base/nothing-chosen.ts'
import type { OauthSettings } from '../realms/oauth-settings.ts'
import { type ClientRights, clientRights } from './client-document.ts'
import { assertionAlgorithmOf, clientKeysOf, isKeyAddress } from './client-keys.ts'
import { clientScripts } from './client-scripts.ts'
import { cibaGrantType, deviceGrantType } from './endpoints.ts'
import { underFapi } from './fapi-rights.ts'
import { responseTypesOf } from './response-types.ts'
import { sectorOf } from './subjects.ts'

/** Sidegate's additions to the metadata of a client in `oidc-provider`. Lifetimes in seconds; 0: the realm's lifetime. */
export const ownMetadataSchema = z.object({
  allowed_scopes: z.array(z.string()),
  /** Scopes as configured, for example `profile|en|Your profile`. */
  scope_lines: z.array(z.string()),
  default_scopes: z.array(z.string()),
  is_consent_implied: z.boolean(),
  requires_pkce: z.boolean(),
  /** Whether the FAPI 2.0 Security Profile holds for it. */
  is_fapi: z.boolean().exactOptional(),
  /** Of its pairwise subjects. Missing: its subjects are public. */
  sector: z.string().exactOptional(),
  backchannel_logout_uri: z.string().exactOptional(),
  /** Whether introspection answers with a signed token, also without the header that asks for one. */
  signs_introspection: z.boolean().exactOptional(),
  /** The journey of people who sign in to it. */
  journey: z.string().exactOptional(),
  issues_refresh_tokens: z.boolean().exactOptional(),
  id_token_seconds: z.number().exactOptional(),
  /** Whether it registered itself. People are warned. */
  is_registered: z.boolean().exactOptional(),
  access_token_seconds: z.number(),
  refresh_token_seconds: z.number(),
  code_seconds: z.number(),
  /** Scripts of the client instead of the realm's. Empty: none. */
  access_token_script: z.string().exactOptional(),
  claims_script: z.string().exactOptional(),
  /** Lines such as `tier=gold`, which scripts read. */
  custom_properties: z.array(z.string()),
})

export type OwnMetadata = z.infer<typeof ownMetadataSchema>

export const ownMetadataNames = Object.keys(ownMetadataSchema.shape)

/** @param client a client object of `oidc-provider`. */
export function ownMetadataOf(client: object | undefined): OwnMetadata {
  return ownMetadataSchema.parse(client)
}

/** What a realm lets its clients do. */
export type ClientLimits = Pick<
  OauthSettings,
  'grantTypes' | 'responseTypes' | 'impliedConsent' | 'fapi2'
> & {
  /** Its authentication context classes. */
  contexts: readonly string[]
}

export const noLimits: ClientLimits = {
  grantTypes: [],
  responseTypes: [],
  impliedConsent: true,
  fapi2: false,
  contexts: [],
}

/** Limits a client to what its realm allows. Empty lists allow everything. */
function limited(
  rights: ClientRights,
  { grantTypes, responseTypes, impliedConsent }: ClientLimits,
): ClientRights {
  const { advancedOAuth2ClientConfig: advanced } = rights.document
  const isGranted = (type: string) => grantTypes.length === 0 || grantTypes.includes(type)
  const isAnswered = (type: string) =>
    responseTypes.length === 0 || type === 'none' || responseTypes.some((each) => each === type)
  const own = advanced.grantTypes.filter(isGranted)
  return {
    ...rights,
    grantTypes: own,
    document: {
      ...rights.document,
      advancedOAuth2ClientConfig: {
        ...advanced,
        grantTypes: own,
        responseTypes: (advanced.responseTypes ?? ['code', 'none']).filter(isAnswered),
        isConsentImplied: advanced.isConsentImplied && impliedConsent,
      },
    },
  }
}

/**
 * Converts a client document to `oidc-provider` metadata. A public client can't use the client credentials grant type, because it
 * can't authenticate (RFC 6749, section 4.4).
 * @param limits of the realm.
 * @returns undefined if the client has no rights: it is inactive, confidential without a secret, or uses an unsupported
 * authentication method.
 */
export function clientMetadata(
  id: string,
  document: JsonObject,
  secret: string | undefined,
  limits: ClientLimits = noLimits,
): AdapterPayload | undefined {
  const own = clientRights(document)
  const allowed = own && limited(own, limits)
  // rule S45: otherwise the realm's or the client's own promise of FAPI 2.0 is not kept
  const isFapi = limits.fapi2 || allowed?.document.advancedOAuth2ClientConfig.fapi2
  const rights = allowed && isFapi ? underFapi(allowed) : allowed
  if (rights?.authMethod === undefined) return undefined
  const isPublic = rights.authMethod === 'none'
  const proof = isPublic ? {} : proofOf(rights, rights.authMethod, secret)
  if (proof === undefined) return undefined
  return {
    client_id: id,
    ...proof,
    token_endpoint_auth_method: rights.authMethod,
    // rule S45: otherwise a client that must push its requests may send them through the browser
    require_pushed_authorization_requests:
      rights.document.advancedOAuth2ClientConfig.require_pushed_authorization_requests,
    dpop_bound_access_tokens: rights.document.advancedOAuth2ClientConfig.dpop_bound_access_tokens,
    require_signed_request_object: rights.document.advancedOAuth2ClientConfig.require_signed_request_object,
    ...flowsOf(rights, isPublic),
    ...openIdOf(rights, limits.contexts),
    ...signedOf(rights, secret),
    ...askingOf(rights, isPublic),
    ...ownOf(rights),
  }
}

/** What proves that a request comes from the client: its secret, or its keys. Undefined: it has none. */
function proofOf({ document }: ClientRights, method: string, secret: string | undefined) {
  const keys = document.signEncOAuth2ClientConfig
  const algorithm = assertionAlgorithmOf(keys, method)
  const signing = algorithm === undefined ? {} : { token_endpoint_auth_signing_alg: algorithm }
  const published = clientKeysOf(keys)
  if (method === 'private_key_jwt') return published && { ...published, ...signing }
  if (secret === undefined) return undefined
  return { client_secret: secret, ...published, ...(method === 'client_secret_jwt' ? signing : {}) }
}

/** Signatures of answers to the client, and of its own requests. Stored values that are not served count as not set. */
function signedOf({ document, authMethod }: ClientRights, secret: string | undefined) {
  const keys = document.signEncOAuth2ClientConfig
  const { idTokenSignedResponseAlg, tokenIntrospectionSignedResponseAlg, requestParameterSignedAlg } = keys
  const isMac = requestParameterSignedAlg?.startsWith('HS') === true
  const canSign = isMac ? secret !== undefined && authMethod !== 'none' : clientKeysOf(keys) !== undefined
  return defined({
    id_token_signed_response_alg: idTokenSignedResponseAlg,
    userinfo_signed_response_alg:
      keys.userinfoResponseFormat === 'SIGNED_JWT' ? (keys.userinfoSignedResponseAlg ?? 'RS256') : undefined,
    introspection_signed_response_alg: tokenIntrospectionSignedResponseAlg,
    request_object_signing_alg: canSign ? requestParameterSignedAlg : undefined,
  })
}

function flowsOf({ grantTypes, document }: ClientRights, isPublic: boolean) {
  const { coreOAuth2ClientConfig: core, advancedOAuth2ClientConfig: advanced } = document
  const redirectUris = core.redirectionUris
  const answers = responseTypesOf(advanced, redirectUris)
  const isCodeAllowed = answers.includes('code')
  const isAskingAllowed = !isPublic && grantTypes.includes(cibaGrantType)
  const isDevice = grantTypes.includes(deviceGrantType)
  const others = [
    deviceGrantType,
    ...(isPublic ? [] : ['client_credentials', cibaGrantType]),
    ...(isCodeAllowed || isAskingAllowed || isDevice ? ['refresh_token'] : []),
  ]
  return {
    grant_types: [
      ...(isCodeAllowed ? ['authorization_code'] : []),
      ...(answers.includes('id_token') ? ['implicit'] : []),
      ...others.filter((type) => grantTypes.includes(type)),
    ],
    response_types: answers,
    redirect_uris: answers.length === 0 ? [] : redirectUris,
    // A custom scheme makes it a native app, for which the library allows custom schemes, and http only for loopback addresses.
    application_type: redirectUris.some(isOwnScheme) ? ('native' as const) : ('web' as const),
  }
}

/** How a client gets the results of backchannel authentication (CIBA). */
function askingOf({ grantTypes, document }: ClientRights, isPublic: boolean) {
  if (isPublic || !grantTypes.includes(cibaGrantType)) return {}
  const { tokenDeliveryMode, notificationEndpoint, userCodeRequired } = document.cibaClientConfig
  return {
    backchannel_token_delivery_mode: tokenDeliveryMode,
    backchannel_user_code_parameter: userCodeRequired,
    ...(tokenDeliveryMode === 'ping' && notificationEndpoint !== undefined
      ? { backchannel_client_notification_endpoint: notificationEndpoint }
      : {}),
  }
}

function isOwnScheme(uri: string): boolean {
  return !/^https?:/i.test(uri)
}

function openIdOf({ document }: ClientRights, contexts: readonly string[]) {
  const { coreOAuth2ClientConfig: core, coreOpenIDClientConfig: openId } = document
  const { advancedOAuth2ClientConfig: advanced } = document
  const sector = advanced.sectorIdentifierUri || undefined
  const acrs = openId.defaultAcrValues.filter((acr) => contexts.includes(acr))
  const name = [core.clientName].flat()[0]
  return {
    ...(name === undefined ? {} : { client_name: languageless(name) }),
    ...(openId.postLogoutRedirectUri.length === 0
      ? {}
      : { post_logout_redirect_uris: openId.postLogoutRedirectUri }),
    ...(openId.defaultMaxAgeEnabled && openId.defaultMaxAge !== undefined
      ? { default_max_age: openId.defaultMaxAge }
      : {}),
    ...(acrs.length === 0 ? {} : { default_acr_values: acrs }),
    ...(advanced.subjectType === 'pairwise'
      ? { subject_type: 'pairwise' as const, ...defined({ sector_identifier_uri: sector }) }
      : {}),
  }
}

/** Removes the optional language of a name: `en|Help desk`. */
export function languageless(line: string): string {
  return line.split('|').at(-1) ?? line
}

function ownOf({ scopes, defaultScopes, document }: ClientRights): OwnMetadata {
  const { coreOAuth2ClientConfig: core, advancedOAuth2ClientConfig: advanced } = document
  const { coreOpenIDClientConfig: openId, overrideOAuth2ClientConfig: override } = document
  const { backchannel_logout_uri: logout, jwtTokenLifetime } = openId
  const signed = document.signEncOAuth2ClientConfig.tokenIntrospectionResponseFormat === 'SIGNED_JWT'
  const isIssuing = !override.providerOverridesEnabled || override.issueRefreshToken
  return {
    allowed_scopes: scopes,
    scope_lines: core.scopes,
    default_scopes: defaultScopes,
    is_consent_implied: advanced.isConsentImplied,
    // rule S45: otherwise the switch of a confidential client has no effect, or that of a public one turns PKCE off
    requires_pkce: advanced.requirePkce || core.clientType === 'Public',
    access_token_seconds: core.accessTokenLifetime,
    refresh_token_seconds: core.refreshTokenLifetime,
    code_seconds: core.authorizationCodeLifetime,
    ...clientScripts(document.overrideOAuth2ClientConfig),
    custom_properties: advanced.customProperties,
    ...defined({
      sector: sectorOf(document),
      // Addresses of stored clients were not checked.
      backchannel_logout_uri: logout && isKeyAddress(logout) ? logout : undefined,
      signs_introspection: signed || undefined,
      is_fapi: advanced.fapi2 || undefined,
      journey: [nothingChosen, ''].includes(advanced.treeName) ? undefined : advanced.treeName,
      issues_refresh_tokens: isIssuing ? undefined : false,
      id_token_seconds: jwtTokenLifetime || undefined,
    }),
  }
}
