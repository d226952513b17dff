import { responseTypes } from './endpoints.ts'

type Served = (typeof responseTypes)[number]

/** Response types of the vendor. `device_code` belongs to the device flow, which has no authorization request. */
const vendorsTypes: ReadonlySet<string> = new Set([
  ...responseTypes,
  'token',
  'code token',
  'id_token token',
  'code id_token',
  'code id_token token',
  'device_code',
  'device_code id_token',
])

type Advanced = {
  grantTypes: readonly string[]
  responseTypes?: readonly string[] | undefined
}

/** The words of a response type in one order, because clients may write them in any. */
function ordered(type: string): string {
  return type.split(' ').filter(Boolean).sort().join(' ')
}

/**
 * The response types that a client can request: those of its list that its grant types allow.
 * Source: "OAuth 2.0 grant flows": ID tokens from the authorization endpoint belong to the implicit grant.
 */
export function responseTypesOf(advanced: Advanced, redirectUris: readonly string[]): Served[] {
  if (redirectUris.length === 0) return []
  const { grantTypes } = advanced
  const listed = (advanced.responseTypes ?? ['code', 'none']).map(ordered)
  const hasCode = grantTypes.includes('authorization_code')
  const hasImplicit = grantTypes.includes('implicit')
  const allowed = {
    code: hasCode,
    // `oidc-provider` refuses the whole client if an ID token could reach an address that isn't https.
    // rule S45: otherwise a client without the implicit grant gets ID tokens in its address
    id_token: hasImplicit && redirectUris.every(isSafeForTokens),
    none: hasCode || hasImplicit,
  }
  return responseTypes.filter((type) => allowed[type] && listed.includes(type))
}

/** Whether ID tokens can be sent to an address from the authorization endpoint. Source: OpenID Connect Registration, section 2. */
export function isSafeForTokens(uri: string): boolean {
  const { protocol, hostname } = new URL(uri)
  return protocol === 'https:' && hostname !== 'localhost'
}

/** Listed response types that are never served. They are kept in the client's document. */
export function unservedResponseTypes(listed: readonly string[]): string[] {
  return listed.filter((type) => !responseTypes.some((served) => served === ordered(type)))
}

/** @returns a reason why the list can't be configured: an unknown name, or no type that is served. */
export function faultOfResponseTypes({ grantTypes, responseTypes: listed }: Advanced): string | undefined {
  if (listed === undefined || listed.length === 0) return undefined
  const unknown = listed.find((type) => !vendorsTypes.has(ordered(type)))
  if (unknown !== undefined) return `'${unknown}' is unknown; served are ${responseTypes.join(', ')}`
  const needsOne = grantTypes.includes('authorization_code') || grantTypes.includes('implicit')
  if (!needsOne || unservedResponseTypes(listed).length < listed.length) return undefined
  return `${listed.join(', ')} is not served; add one of ${responseTypes.join(', ')}`
}
