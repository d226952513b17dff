import type { AdapterPayload } from 'oidc-provider'
import { z } from 'zod'
import type { JsonObject } from '../engine/json.ts'
import { cibaGrantType } from './ciba.ts'
import { type ClientRights, clientRights } from './client-document.ts'

/** Our own words in a client's metadata; `oidc-provider` keeps them beside the standard ones. Seconds; 0 takes the realm's. */
const ownMetadataSchema = z.object({
  allowed_scopes: z.array(z.string()),
  /** As written down: `profile|en|Your profile`. */
  scope_lines: z.array(z.string()),
  default_scopes: z.array(z.string()),
  is_consent_implied: z.boolean(),
  access_token_seconds: z.number(),
  refresh_token_seconds: z.number(),
  code_seconds: z.number(),
})

export type OwnMetadata = z.infer<typeof ownMetadataSchema>

export const ownMetadataNames = Object.keys(ownMetadataSchema.shape)

/** @param client as `oidc-provider` knows it. */
export function ownMetadataOf(client: object | undefined): OwnMetadata {
  return ownMetadataSchema.parse(client)
}

/**
 * The client as `oidc-provider` knows it. A public client has no client credentials: it has nothing to prove itself with
 * (RFC 6749, 4.4).
 * @param contexts authentication context classes of the realm.
 * @returns undefined when it may do nothing: inactive, confidential without a secret, or another way to prove itself.
 */
export function clientMetadata(
  id: string,
  document: JsonObject,
  secret: string | undefined,
  contexts: readonly string[] = [],
): AdapterPayload | undefined {
  const rights = clientRights(document)
  if (rights?.authMethod === undefined) return undefined
  const isPublic = rights.authMethod === 'none'
  if (!isPublic && secret === undefined) return undefined
  return {
    client_id: id,
    ...(isPublic || secret === undefined ? {} : { client_secret: secret }),
    token_endpoint_auth_method: rights.authMethod,
    ...flowsOf(rights, isPublic),
    ...openIdOf(rights, contexts),
    ...askingOf(rights, isPublic),
    ...ownOf(rights),
  }
}

function flowsOf({ grantTypes, document }: ClientRights, isPublic: boolean) {
  const { coreOAuth2ClientConfig: core, advancedOAuth2ClientConfig: advanced } = document
  const redirectUris = core.redirectionUris
  const isCodeAllowed =
    grantTypes.includes('authorization_code') &&
    redirectUris.length > 0 &&
    (advanced.responseTypes ?? ['code']).includes('code')
  const isAskingAllowed = !isPublic && grantTypes.includes(cibaGrantType)
  const others = [
    ...(isPublic ? [] : ['client_credentials', cibaGrantType]),
    ...(isCodeAllowed || isAskingAllowed ? ['refresh_token'] : []),
  ]
  return {
    grant_types: [
      ...(isCodeAllowed ? ['authorization_code'] : []),
      ...others.filter((type) => grantTypes.includes(type)),
    ],
    response_types: isCodeAllowed ? ['code' as const] : [],
    redirect_uris: isCodeAllowed ? redirectUris : [],
    // An app's own scheme makes it a native one, which may have that, and http of its own machine alone.
    application_type: redirectUris.some(isOwnScheme) ? ('native' as const) : ('web' as const),
  }
}

/** How a client learns what came of asking somebody. */
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
  const acrs = openId.defaultAcrValues.filter((acr) => contexts.includes(acr))
  const name = [core.clientName].flat()[0]
  return {
    ...(name === undefined ? {} : { client_name: nameOf(name) }),
    ...(openId.postLogoutRedirectUri.length === 0
      ? {}
      : { post_logout_redirect_uris: openId.postLogoutRedirectUri }),
    ...(openId.defaultMaxAgeEnabled && openId.defaultMaxAge !== undefined
      ? { default_max_age: openId.defaultMaxAge }
      : {}),
    ...(acrs.length === 0 ? {} : { default_acr_values: acrs }),
  }
}

/** Names may be written for a language: `en|Help desk`. */
function nameOf(line: string): string {
  return line.split('|').at(-1) ?? line
}

function ownOf({ scopes, defaultScopes, document }: ClientRights): OwnMetadata {
  const { coreOAuth2ClientConfig: core, advancedOAuth2ClientConfig: advanced } = document
  return {
    allowed_scopes: scopes,
    scope_lines: core.scopes,
    default_scopes: defaultScopes,
    is_consent_implied: advanced.isConsentImplied,
    access_token_seconds: core.accessTokenLifetime,
    refresh_token_seconds: core.refreshTokenLifetime,
    code_seconds: core.authorizationCodeLifetime,
  }
}
