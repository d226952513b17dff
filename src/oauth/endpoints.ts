/** The path of each endpoint below the realm's mount point, as in AM. */
export const routes = {
  authorization: '/authorize',
  token: '/access_token',
  userinfo: '/userinfo',
  jwks: '/connect/jwk_uri',
  revocation: '/token/revoke',
  introspection: '/introspect',
  end_session: '/connect/endSession',
  backchannel_authentication: '/bc-authorize',
  pushed_authorization_request: '/par',
  device_authorization: '/device/code',
  code_verification: '/device/user',
} as const

/** The internal cookie that passes the session to `oidc-provider`. It never leaves the server. */
export const sessionName = 'sidegate_session'

/** Our own endpoints, which `oidc-provider` doesn't have. */
export const ownRoutes = { tokenInfo: '/tokeninfo', registration: '/register' } as const

export const discoveryRoute = '/.well-known/openid-configuration'

export const cibaGrantType = 'urn:openid:params:grant-type:ciba'

export const deviceGrantType = 'urn:ietf:params:oauth:grant-type:device_code'

/** The scope required to open and watch backchannel transactions. */
export const backchannelScope = 'back_channel_authentication'

/** The scope required to use the results of verifications. */
export const verificationScope = 'verification_grant'

/** The scopes listed by discovery. Clients can have other scopes, which are issued but have no effect here. */
const announcedScopes = [
  'openid',
  'offline_access',
  backchannelScope,
  'profile',
  'email',
  'phone',
  'address',
] as const

/** @param supportedScopes of the realm, with descriptions: `profile|en|Your profile`. */
export function scopesAnnounced({ supportedScopes }: { supportedScopes: readonly string[] }): string[] {
  const own = supportedScopes.map((line) => line.split('|')[0] ?? line)
  return own.length === 0 ? [...announcedScopes] : [...new Set(['openid', ...own])]
}

/** The authentication context of every session. Source: OpenID Connect Core 1.0, section 2. */
export const anyContext = '0'

export function contextsAnnounced(contexts: readonly { acr: string }[]): string[] {
  return [...new Set([...contexts.map(({ acr }) => acr), anyContext])]
}

export const clientAuthMethods = [
  'client_secret_basic',
  'client_secret_post',
  'client_secret_jwt',
  'private_key_jwt',
  'none',
] as const

/** How clients can sign their assertions. Keys of a JWK set are asymmetric; the others are made of the secret. */
export const assertionAlgorithms = ['HS256', 'RS256', 'PS256', 'ES256'] as const

/** Signatures of DPoP proofs, and of everything under FAPI 2.0 (Security Profile, 5.4.1). */
export const strongAlgorithms = ['PS256', 'ES256'] as const

/** How the realm signs ID tokens, logout tokens and other answers. */
export const signingAlgorithms = ['RS256', 'ES256', 'PS256'] as const

/** The library only tells applications when a person confirms a sign-out; see `backchannel-logout.ts`. */
export const backchannelLogoutMembers = {
  backchannel_logout_supported: true,
  backchannel_logout_session_supported: true,
}

/** `none` answers only whether the person is signed in and has consented. Tokens other than ID tokens never appear in a URL. */
export const responseTypes = ['code', 'id_token', 'none'] as const

const allRoutes = [...Object.values(routes), ...Object.values(ownRoutes), discoveryRoute]

const firstSegments = new Set(allRoutes.map((route) => route.split('/')[1]))

const answered = new Set<string>([
  ...Object.values(routes),
  ...Object.values(ownRoutes),
  discoveryRoute,
  `${routes.end_session}/confirm`,
  `${routes.end_session}/success`,
])

/** Whether the path is an endpoint, with or without a trailing slash. */
export function isOauthRoute(route: string): boolean {
  return answered.has(route.replace(/\/$/, ''))
}

/** Whether the endpoint uses the session cookie. All others need a token or client authentication. */
export function takesSession(route: string): boolean {
  const isPage = route === routes.authorization || route === routes.code_verification
  return isPage || route.startsWith(routes.end_session)
}

/**
 * The realm's issuer. Every spelling of the path responds with this one.
 * @param realm a realm path such as `/alpha`
 * @param baseUrl scheme, host and context path, for example `https://id.example.com/am`
 */
export function issuerOf(realm: string, baseUrl: string): string {
  const names = realm.split('/').filter((name) => name !== '')
  return `${baseUrl}/oauth2/realms/${['root', ...names].map(encodeURIComponent).join('/realms/')}`
}

/** Where people type the code of a device, short enough for a phone. Leads to `code_verification` of the realm. */
export const shortDevicePath = '/d'

/** @param baseUrl scheme, host and context path. */
export function shortDevicePage(realm: string, baseUrl: string): string {
  return new URL(`${shortDevicePath}${realm === '/' ? '' : realm}`, baseUrl).href
}

/**
 * Parses the path after `/oauth2/` in every spelling that clients use: `realms/root/realms/alpha/access_token`,
 * `realms/alpha/access_token`, `alpha/access_token` and `access_token`.
 * @returns the realm path and the route, which begins with a slash.
 */
export function splitOauthPath(path: string): { realm: string; route: string } {
  const segments = path.split('/')
  const names: string[] = []
  let position = 0
  while (segments[position] === 'realms' && segments[position + 1] !== undefined) {
    names.push(segments[position + 1] ?? '')
    position += 2
  }
  if (position > 0 && names[0] === 'root') names.shift()
  while (segments[0] !== 'realms' && segments.length - position > 1) {
    if (firstSegments.has(segments[position])) break
    names.push(segments[position++] ?? '')
  }
  return { realm: `/${names.map(decoded).join('/')}`, route: `/${segments.slice(position).join('/')}` }
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
