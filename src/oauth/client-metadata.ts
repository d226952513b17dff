import type { AdapterPayload } from 'oidc-provider'
import { z } from 'zod'
import { isJsonObject, type JsonObject } from '../journey/json.ts'
import { clientAuthMethods } from './endpoints.ts'

/** A setting may stand plain or as the vendor writes it: `{ "inherited": false, "value": … }`. */
function setting<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => {
    const plain = isJsonObject(value) && 'inherited' in value ? value.value : value
    return plain === null ? undefined : plain
  }, schema)
}

const texts = z.array(z.string())

/** Printable ASCII, as RFC 6749 (appendix A) wants ids and secrets. */
const visible = z.string().regex(/^[\x20-\x7e]+$/, 'must be printable ASCII and not empty')

/** Scopes may carry a description for each language: `profile|en|Your profile`. */
const scopes = texts
  .transform((lines) => lines.map((line) => line.split('|')[0] ?? line))
  .pipe(
    z.array(z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/, 'must be one scope without spaces or quotes')),
  )

/** The parts of the vendor's client document that decide something here. All others are kept as they come. */
export const oauthClientSchema = z.looseObject({
  coreOAuth2ClientConfig: z
    .looseObject({
      userpassword: setting(visible.optional()),
      clientType: setting(z.enum(['Confidential', 'Public']).default('Confidential')),
      status: setting(z.enum(['Active', 'Inactive']).default('Active')),
      scopes: setting(scopes.default([])),
      defaultScopes: setting(scopes.default([])),
      redirectionUris: setting(texts.default([])),
      clientName: setting(z.union([z.string(), texts]).optional()),
      /** Seconds; 0 takes the realm's. */
      accessTokenLifetime: setting(z.number().int().min(0).max(31_536_000).default(0)),
    })
    .prefault({}),
  advancedOAuth2ClientConfig: z
    .looseObject({
      grantTypes: setting(texts.default(['authorization_code'])),
      responseTypes: setting(texts.optional()),
      isConsentImplied: setting(z.boolean().optional()),
      tokenEndpointAuthMethod: setting(z.string().default('client_secret_basic')),
    })
    .prefault({}),
})

/** Our own words in a client's metadata; `oidc-provider` keeps them beside the standard ones. */
export const extraMetadata = ['allowed_scopes', 'default_scopes', 'access_token_seconds'] as const

/** What a client may do now. */
export type ClientRights = {
  scopes: string[]
  defaultScopes: string[]
  grantTypes: string[]
  /** Undefined for a way to prove itself that we do not have. */
  authMethod: (typeof clientAuthMethods)[number] | undefined
  /** Seconds; 0 takes the realm's. */
  accessTokenLifetime: number
}

/** @returns undefined for a client that is inactive or whose document cannot be read: it may do nothing. */
export function clientRights(document: JsonObject): ClientRights | undefined {
  const parsed = oauthClientSchema.safeParse(document)
  if (!parsed.success) return undefined
  const { coreOAuth2ClientConfig: core, advancedOAuth2ClientConfig: advanced } = parsed.data
  if (core.status === 'Inactive') return undefined
  const isPublic = core.clientType === 'Public'
  return {
    scopes: core.scopes,
    defaultScopes: core.defaultScopes.filter((scope) => core.scopes.includes(scope)),
    grantTypes: advanced.grantTypes,
    authMethod: clientAuthMethods.find(
      (name) => name === (isPublic ? 'none' : advanced.tokenEndpointAuthMethod),
    ),
    accessTokenLifetime: core.accessTokenLifetime,
  }
}

/**
 * The client as `oidc-provider` knows it. Of the grants only client credentials are mapped, and never for a public
 * client: it has nothing to prove itself with (RFC 6749, 4.4).
 * @returns undefined when it may do nothing: inactive, confidential without a secret, or another way to prove itself.
 */
export function clientMetadata(
  id: string,
  document: JsonObject,
  secret: string | undefined,
): AdapterPayload | undefined {
  const rights = clientRights(document)
  if (rights?.authMethod === undefined) return undefined
  const isPublic = rights.authMethod === 'none'
  if (!isPublic && secret === undefined) return undefined
  const isAllowedCredentials = !isPublic && rights.grantTypes.includes('client_credentials')
  return {
    client_id: id,
    ...(isPublic || secret === undefined ? {} : { client_secret: secret }),
    token_endpoint_auth_method: rights.authMethod,
    grant_types: isAllowedCredentials ? ['client_credentials'] : [],
    response_types: [],
    redirect_uris: [],
    allowed_scopes: rights.scopes,
    default_scopes: rights.defaultScopes,
    access_token_seconds: rights.accessTokenLifetime,
  }
}
