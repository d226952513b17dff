import { z } from 'zod'
import type { JsonObject } from '../base/json.ts'
import { nothingChosen } from '../base/nothing-chosen.ts'
import { clientKeysSchema } from './client-keys.ts'
import { clientScriptsSchema } from './client-scripts.ts'
import { setting } from './client-setting.ts'
import { clientAuthMethods } from './endpoints.ts'

const texts = z.array(z.string())

/** Printable ASCII, which RFC 6749 (appendix A) requires for ids and secrets. */
const visible = z.string().regex(/^[\x20-\x7e]+$/, 'must be printable ASCII and not empty')

/** The secret of a client. It is stored apart from its document. */
export const clientSecretSchema = setting(visible.optional())

/** A scope can have a description per language: `profile|en|Your profile`. */
const scopes = texts.pipe(
  z.array(
    z.string().regex(/^[\x21\x23-\x5b\x5d-\x7b}~]+(\|.*)?$/, 'must be one scope without spaces or quotes'),
  ),
)

/** Schemes that browsers would execute or read instead of opening an application. */
const forbiddenSchemes: ReadonlySet<string> = new Set([
  'about:',
  'blob:',
  'data:',
  'file:',
  'javascript:',
  'vbscript:',
])

const redirectUri = z
  .string()
  .refine(isRedirectUri, 'must be an absolute URI without a fragment, with // after http and https')

function isRedirectUri(uri: string): boolean {
  const parsed = URL.parse(uri)
  // Browsers read `https:name` as a path of the page that they are on.
  const isUnclear = /^\s*https?:(?!\/\/)/i.test(uri)
  // rule R2: otherwise a client can have a redirect URI that browsers read as a path
  return parsed !== null && !uri.includes('#') && !isUnclear && !forbiddenSchemes.has(parsed.protocol)
}

/** Seconds. 0: the realm's lifetime. */
const lifetime = z.number().int().min(0).max(31_536_000).default(0)

/** The parts of the vendor's client document that Sidegate uses. Other members are stored unchanged. */
export const oauthClientSchema = z.looseObject({
  coreOAuth2ClientConfig: z
    .looseObject({
      clientType: setting(z.enum(['Confidential', 'Public']).default('Confidential')),
      status: setting(z.enum(['Active', 'Inactive']).default('Active')),
      scopes: setting(scopes.default([])),
      defaultScopes: setting(scopes.default([])),
      redirectionUris: setting(z.array(redirectUri).default([])),
      clientName: setting(z.union([z.string(), texts]).optional()),
      accessTokenLifetime: setting(lifetime),
      refreshTokenLifetime: setting(lifetime),
      authorizationCodeLifetime: setting(lifetime),
    })
    .prefault({}),
  advancedOAuth2ClientConfig: z
    .looseObject({
      grantTypes: setting(texts.default(['authorization_code'])),
      responseTypes: setting(texts.optional()),
      customProperties: setting(texts.default([])),
      isConsentImplied: setting(z.boolean().default(false)),
      tokenEndpointAuthMethod: setting(z.string().default('client_secret_basic')),
      require_pushed_authorization_requests: setting(z.boolean().default(false)),
      /** Sidegate's own. Documents of the vendor lack it: AM leaves PKCE of confidential clients to the provider service. */
      requirePkce: setting(z.boolean().default(false)),
      /** Sidegate's own, as RFC 9449 names it: access tokens work only with a proof of the key that they are bound to. */
      dpop_bound_access_tokens: setting(z.boolean().default(false)),
      /** Sidegate's own, as RFC 9101 names it. */
      require_signed_request_object: setting(z.boolean().default(false)),
      /** Sidegate's own: the FAPI 2.0 Security Profile. */
      fapi2: setting(z.boolean().default(false)),
      subjectType: setting(z.string().optional()),
      sectorIdentifierUri: setting(z.string().optional()),
      /** The journey of people who sign in to the client, unless the request names a context. */
      treeName: setting(z.string().default(nothingChosen)),
    })
    .prefault({}),
  coreOpenIDClientConfig: z
    .looseObject({
      postLogoutRedirectUri: setting(z.array(redirectUri).default([])),
      defaultMaxAgeEnabled: setting(z.boolean().default(false)),
      /** Seconds. */
      defaultMaxAge: setting(z.number().int().min(1).optional()),
      defaultAcrValues: setting(texts.default([])),
      backchannel_logout_uri: setting(z.string().optional()),
      /** Seconds of ID tokens. */
      jwtTokenLifetime: setting(lifetime),
      /** Sidegate's own: where others start a sign-in to the application. It is returned to the application. */
      initiateLoginUri: setting(z.string().optional()),
    })
    .prefault({}),
  overrideOAuth2ClientConfig: clientScriptsSchema.prefault({}),
  signEncOAuth2ClientConfig: clientKeysSchema.prefault({}),
  cibaClientConfig: z
    .looseObject({
      tokenDeliveryMode: setting(z.enum(['poll', 'ping']).default('poll')),
      notificationEndpoint: setting(z.url({ protocol: /^https$/, error: 'must be an https URL' }).optional()),
      /** Whether the application must send the person's user code with each request. */
      userCodeRequired: setting(z.boolean().default(false)),
    })
    .prefault({})
    .refine((ciba) => ciba.tokenDeliveryMode === 'poll' || ciba.notificationEndpoint !== undefined, {
      path: ['notificationEndpoint'],
      message: 'is required for ping',
    }),
})

type ClientDocument = z.infer<typeof oauthClientSchema>

/** What an active client may do. */
export type ClientRights = {
  scopes: string[]
  defaultScopes: string[]
  grantTypes: string[]
  /** Undefined if the configured authentication method is not supported. */
  authMethod: (typeof clientAuthMethods)[number] | undefined
  document: ClientDocument
}

/** @returns undefined if the client is inactive or its document is invalid: it has no rights. */
export function clientRights(document: JsonObject): ClientRights | undefined {
  const parsed = oauthClientSchema.safeParse(document)
  if (!parsed.success) return undefined
  const { coreOAuth2ClientConfig: core, advancedOAuth2ClientConfig: advanced } = parsed.data
  if (core.status === 'Inactive') return undefined
  const isPublic = core.clientType === 'Public'
  const own = namesOf(core.scopes)
  return {
    scopes: own,
    defaultScopes: namesOf(core.defaultScopes).filter((scope) => own.includes(scope)),
    grantTypes: advanced.grantTypes,
    authMethod: clientAuthMethods.find(
      (name) => name === (isPublic ? 'none' : advanced.tokenEndpointAuthMethod),
    ),
    document: parsed.data,
  }
}

/** Scope names without descriptions. */
function namesOf(lines: readonly string[]): string[] {
  return lines.map((line) => line.split('|')[0] ?? line)
}
