import { z } from 'zod'
import { isJsonObject, type Json, type JsonObject, jsonObjectSchema } from '../base/json.ts'
import { hasPlaceholder } from '../engine/placeholders.ts'
import { assertionAlgorithms, clientAuthMethods, signingAlgorithms } from './endpoints.ts'
import { isPrivateKey } from './jwk-members.ts'
import { isMixed, isTaken, plainName, type TakenNames } from './registration-names.ts'
import {
  type RegistrationSettings,
  registrableGrants,
  registrableScopes,
  scopeName,
} from './registration-rights.ts'

/** An error of RFC 7591, section 3.2.2. The description names the member. */
export class RegistrationError extends Error {
  override readonly name = 'RegistrationError'
  readonly code: 'invalid_redirect_uri' | 'invalid_client_metadata' | 'invalid_software_statement'

  constructor(code: RegistrationError['code'], description: string) {
    super(description)
    this.code = code
  }
}

/** What a realm lets an application register. */
export type RegistrationRules = {
  settings: RegistrationSettings
  /** Hosts of the server itself: a code must not be sent to one of its own pages. */
  ownHosts: readonly string[]
  takenNames: TakenNames
}

const uri = z.string().max(500, 'must have at most 500 characters')
const httpsUri = uri.refine(
  (text) => URL.parse(text)?.protocol === 'https:' && !text.includes('#'),
  'must be an https URL without a fragment',
)
const uris = z.array(uri).max(20, 'can have at most 20 addresses')

/** One line without characters that turn around or hide the words beside it. `|` would separate a language. */
const clientName = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(100, 'must have at most 100 characters')
  .regex(/^[^\p{C}\p{Zl}\p{Zp}|]*$/u, 'must be one line of plain text without |')

const jwks = z.object({
  keys: z
    .array(
      jsonObjectSchema.refine((jwk) => !isPrivateKey(jwk), 'must be a public key'),
      'must be a list of keys',
    )
    .min(1, 'must contain a key')
    .max(10, 'can contain 10 keys'),
})

const only = <Value extends string | boolean>(value: Value) =>
  z.literal(value, `must be ${value}: nothing else is served`).exactOptional()

/** Unknown members are ignored (RFC 7591, section 2). Those that promise something which isn't done are refused. */
export const metadataSchema = z.object({
  redirect_uris: uris.default([]),
  post_logout_redirect_uris: uris.default([]),
  client_name: clientName.exactOptional(),
  token_endpoint_auth_method: z.enum(clientAuthMethods).default('client_secret_basic'),
  grant_types: z.array(z.string()).max(10).default(['authorization_code']),
  response_types: z
    .array(z.enum(['code', 'none']))
    .max(2)
    .exactOptional(),
  scope: z.string().max(2000).exactOptional(),
  jwks: jwks.exactOptional(),
  jwks_uri: uri.exactOptional(),
  require_pushed_authorization_requests: z.boolean().default(false),
  subject_type: z.enum(['public', 'pairwise']).exactOptional(),
  sector_identifier_uri: httpsUri.exactOptional(),
  id_token_signed_response_alg: z.enum(signingAlgorithms).exactOptional(),
  userinfo_signed_response_alg: z.enum(signingAlgorithms).exactOptional(),
  request_object_signing_alg: z.enum(assertionAlgorithms).exactOptional(),
  backchannel_logout_uri: httpsUri.exactOptional(),
  backchannel_logout_session_required: z.boolean().exactOptional(),
  initiate_login_uri: httpsUri.exactOptional(),
  tls_client_certificate_bound_access_tokens: only(false),
  introspection_signed_response_alg: z.enum(signingAlgorithms).exactOptional(),
  default_max_age: z.int().min(1).exactOptional(),
  default_acr_values: z.array(z.string().max(200)).max(20).exactOptional(),
  token_endpoint_auth_signing_alg: z.enum(assertionAlgorithms).exactOptional(),
  dpop_bound_access_tokens: z.boolean().exactOptional(),
  require_signed_request_object: z.boolean().exactOptional(),
})

/** Members that can't be registered with any value. */
export const refusedMembers = [
  'id_token_encrypted_response_alg',
  'userinfo_encrypted_response_alg',
  'introspection_encrypted_response_alg',
  'authorization_encrypted_response_alg',
  'request_object_encryption_alg',
  'backchannel_token_delivery_mode',
  'backchannel_client_notification_endpoint',
  'tls_client_auth_subject_dn',
]

export type RegisteredMetadata = z.output<typeof metadataSchema> & { response_types: string[]; scope: string }

/** Checks the metadata of an application that registers itself. @throws RegistrationError */
export function registeredMetadata(body: unknown, rules: RegistrationRules): RegisteredMetadata {
  if (!isJsonObject(body)) throw refusal('The request must be a JSON object')
  // rule S54: otherwise a software statement is believed
  if (body.software_statement !== undefined) {
    throw new RegistrationError('invalid_software_statement', 'software_statement: cannot be verified here')
  }
  // A placeholder would show the value of a variable to its author.
  // rule S54: otherwise an application reads variables by placeholders in its name
  if (hasPlaceholder(body)) throw refusal('Placeholders are not allowed')
  const refused = refusedMembers.find((name) => body[name] !== undefined)
  if (refused !== undefined) throw refusal(`${refused}: is not supported`)
  const parsed = metadataSchema.safeParse(body)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw refusal(`${issue?.path.join('.')}: ${issue?.message}`)
  }
  const { data } = parsed
  checkGrants(data.grant_types, data.token_endpoint_auth_method, rules)
  checkKeys(data)
  checkAddresses('redirect_uris', data.redirect_uris, rules)
  checkAddresses('post_logout_redirect_uris', data.post_logout_redirect_uris, rules)
  for (const name of ['initiate_login_uri', 'backchannel_logout_uri'] as const) {
    const address = data[name]
    if (address !== undefined) checkAddresses(name, [address], rules)
  }
  checkName(data, rules)
  const hasCode = data.grant_types.includes('authorization_code')
  if (hasCode && data.redirect_uris.length === 0) throw badAddress('redirect_uris: must name an address')
  return {
    ...data,
    response_types: data.response_types ?? (hasCode ? ['code'] : []),
    scope: scopesOf(data, rules).join(' '),
  }
}

function refusal(description: string): RegistrationError {
  return new RegistrationError('invalid_client_metadata', description)
}

function badAddress(description: string): RegistrationError {
  return new RegistrationError('invalid_redirect_uri', description)
}

function checkGrants(types: readonly string[], method: string, { settings }: RegistrationRules): void {
  const allowed = registrableGrants(settings)
  const refused = types.find((type) => !allowed.includes(type))
  // rule S54: otherwise an application registers any grant type
  if (refused !== undefined) throw refusal(`grant_types: can be ${allowed.join(', ')}`)
  if (method === 'none' && types.includes('client_credentials')) {
    throw refusal('grant_types: client_credentials needs a client that authenticates')
  }
}

function checkKeys({
  token_endpoint_auth_method: method,
  jwks,
  jwks_uri,
}: z.output<typeof metadataSchema>): void {
  const isHttps = jwks_uri === undefined || URL.parse(jwks_uri)?.protocol === 'https:'
  if (!isHttps) throw refusal('jwks_uri: must be an https URL')
  if (method !== 'private_key_jwt') return
  if ((jwks === undefined) === (jwks_uri === undefined)) {
    throw refusal('private_key_jwt needs either jwks or jwks_uri')
  }
}

const loopback: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost'])

function checkAddresses(name: string, addresses: readonly string[], { ownHosts }: RegistrationRules): void {
  for (const address of addresses) {
    const url = URL.parse(address)
    const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback.has(url.hostname))
    // rule S54: otherwise an application registers any address
    if (url === null || !isSafe) throw badAddress(`${name}: must be https, or http on a loopback address`)
    const isPlain = url.username === '' && url.password === '' && !/[#*\\\s]/.test(address)
    if (!isPlain) throw badAddress(`${name}: must have no user, wildcard or fragment`)
    // rule S54: otherwise an application takes a page of the server as its own
    if (ownHosts.some((host) => isOwn(url, host))) {
      throw badAddress(`${name}: must not be an address of this server`)
    }
  }
}

/** All ports of a host count as its own; on this machine, where others run beside the server, only its port does. */
function isOwn(url: URL, host: string): boolean {
  const own = URL.parse(`https://${host}`)
  if (own === null) return false
  const [name, ownName] = [url.hostname, own.hostname].map((each) => each.replace(/\.$/, ''))
  const isLocal = loopback.has(name ?? '') && loopback.has(ownName ?? '')
  return isLocal ? url.port === own.port : name === ownName
}

/** People decide by the name. Names of others, and of the organisation itself, would mislead them. */
function checkName(
  { client_name: name, redirect_uris: addresses }: z.output<typeof metadataSchema>,
  { takenNames }: RegistrationRules,
): void {
  if (name === undefined) return
  if (plainName(name) === '') throw refusal('client_name: must contain letters or digits')
  // rule S54: otherwise an application mixes alphabets in its name
  if (isMixed(name)) throw refusal('client_name: must not mix alphabets whose letters look alike')
  // rule S54: otherwise an application takes the name of another
  if (isTaken(name, addresses, takenNames)) throw refusal('client_name: is reserved')
}

/** OpenID Connect has no such member, so that people are asked for all scopes. Nobody is asked for tokens of the application. */
function scopesOf(
  { scope: sent, grant_types: grants }: Pick<z.output<typeof metadataSchema>, 'scope' | 'grant_types'>,
  { settings }: RegistrationRules,
): string[] {
  const allowed = registrableScopes(settings)
  // rule S54: otherwise an application that names no scope gets all of them for its own tokens
  if (sent === undefined && grants.includes('client_credentials'))
    return allowed.filter((scope) => scope === 'openid')
  if (sent === undefined) return allowed
  const scopes = [...new Set(sent.split(' ').filter((scope) => scope !== ''))]
  if (scopes.some((scope) => !allowed.includes(scope))) throw refusal(`scope: can be ${allowed.join(' ')}`)
  return scopes
}

/** Metadata that is one member of the document, with its section. */
const registeredMembers = {
  dpop_bound_access_tokens: ['advancedOAuth2ClientConfig', 'dpop_bound_access_tokens'],
  require_signed_request_object: ['advancedOAuth2ClientConfig', 'require_signed_request_object'],
  subject_type: ['advancedOAuth2ClientConfig', 'subjectType'],
  sector_identifier_uri: ['advancedOAuth2ClientConfig', 'sectorIdentifierUri'],
  backchannel_logout_uri: ['coreOpenIDClientConfig', 'backchannel_logout_uri'],
  backchannel_logout_session_required: ['coreOpenIDClientConfig', 'backchannel_logout_session_required'],
  introspection_signed_response_alg: ['signEncOAuth2ClientConfig', 'tokenIntrospectionSignedResponseAlg'],
  default_max_age: ['coreOpenIDClientConfig', 'defaultMaxAge'],
  default_acr_values: ['coreOpenIDClientConfig', 'defaultAcrValues'],
  token_endpoint_auth_signing_alg: ['signEncOAuth2ClientConfig', 'tokenEndpointAuthSigningAlgorithm'],
  initiate_login_uri: ['coreOpenIDClientConfig', 'initiateLoginUri'],
  id_token_signed_response_alg: ['signEncOAuth2ClientConfig', 'idTokenSignedResponseAlg'],
  userinfo_signed_response_alg: ['signEncOAuth2ClientConfig', 'userinfoSignedResponseAlg'],
  request_object_signing_alg: ['signEncOAuth2ClientConfig', 'requestParameterSignedAlg'],
} as const

const registeredNames = Object.keys(registeredMembers) as (keyof typeof registeredMembers)[]

function registeredIn(section: string, metadata: RegisteredMetadata): JsonObject {
  return Object.fromEntries(
    registeredNames.flatMap((name): [string, Json][] => {
      const [own, member] = registeredMembers[name]
      const value = metadata[name]
      return own === section && value !== undefined ? [[member, value]] : []
    }),
  )
}

/** The client's document in the form of the vendor's tools. Scopes have the realm's descriptions. Consent is never implied. */
export function documentOf(
  metadata: RegisteredMetadata,
  { settings }: Pick<RegistrationRules, 'settings'>,
  { description, requirePkce }: { description: string; requirePkce: boolean },
): JsonObject {
  const { jwks: keys, jwks_uri: keyAddress, client_name: name } = metadata
  const lines = metadata.scope
    .split(' ')
    .filter((scope) => scope !== '')
    .flatMap((scope) => {
      const described = settings.supportedScopes.filter((line) => scopeName(line) === scope)
      return described.length === 0 ? [scope] : described
    })
  return {
    coreOAuth2ClientConfig: {
      clientType: metadata.token_endpoint_auth_method === 'none' ? 'Public' : 'Confidential',
      status: 'Active',
      clientName: name === undefined ? [] : [name],
      redirectionUris: metadata.redirect_uris,
      scopes: lines,
      defaultScopes: [],
    },
    advancedOAuth2ClientConfig: {
      descriptions: [description],
      grantTypes: metadata.grant_types,
      responseTypes: metadata.response_types,
      tokenEndpointAuthMethod: metadata.token_endpoint_auth_method,
      isConsentImplied: false,
      require_pushed_authorization_requests: metadata.require_pushed_authorization_requests,
      ...registeredIn('advancedOAuth2ClientConfig', metadata),
      // rule S45: otherwise an application registers itself to get codes without PKCE
      requirePkce,
    },
    coreOpenIDClientConfig: {
      postLogoutRedirectUri: metadata.post_logout_redirect_uris,
      ...(metadata.default_max_age === undefined ? {} : { defaultMaxAgeEnabled: true }),
      ...registeredIn('coreOpenIDClientConfig', metadata),
    },
    signEncOAuth2ClientConfig: {
      ...registeredIn('signEncOAuth2ClientConfig', metadata),
      ...(metadata.userinfo_signed_response_alg ? { userinfoResponseFormat: 'SIGNED_JWT' } : {}),
      ...(metadata.introspection_signed_response_alg
        ? { tokenIntrospectionResponseFormat: 'SIGNED_JWT' }
        : {}),
      publicKeyLocation: keys === undefined ? 'jwks_uri' : 'jwks',
      ...(keys === undefined ? {} : { jwkSet: JSON.stringify(keys) }),
      ...(keyAddress === undefined ? {} : { jwksUri: keyAddress }),
    },
  }
}

/** The metadata of a registered client, for the answers of its management. */
export function metadataIn(document: JsonObject): JsonObject {
  const sectionOf = (name: string) => (isJsonObject(document[name]) ? document[name] : {})
  const core = sectionOf('coreOAuth2ClientConfig')
  const advanced = sectionOf('advancedOAuth2ClientConfig')
  const keys = sectionOf('signEncOAuth2ClientConfig')
  const [name] = [core.clientName ?? []].flat()
  const lines = [core.scopes ?? []].flat().filter((line) => typeof line === 'string')
  return {
    ...(typeof name === 'string' ? { client_name: name } : {}),
    redirect_uris: core.redirectionUris ?? [],
    post_logout_redirect_uris: sectionOf('coreOpenIDClientConfig').postLogoutRedirectUri ?? [],
    grant_types: advanced.grantTypes ?? [],
    response_types: advanced.responseTypes ?? [],
    scope: [...new Set(lines.map(scopeName))].join(' '),
    token_endpoint_auth_method: advanced.tokenEndpointAuthMethod ?? 'client_secret_basic',
    require_pushed_authorization_requests: advanced.require_pushed_authorization_requests ?? false,
    ...Object.fromEntries(
      registeredNames.flatMap((named): [string, Json][] => {
        const [section, member] = registeredMembers[named]
        const value = sectionOf(section)[member]
        return value === undefined ? [] : [[named, value]]
      }),
    ),
    ...(typeof keys.jwkSet === 'string' ? { jwks: jsonObjectSchema.parse(JSON.parse(keys.jwkSet)) } : {}),
    ...(typeof keys.jwksUri === 'string' ? { jwks_uri: keys.jwksUri } : {}),
  }
}
