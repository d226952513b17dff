import type { JsonObject } from '../base/json.ts'
import { adminScopeNames, idleScopeNames } from './admin-scopes.ts'
import { deviceGrantType, routes } from './endpoints.ts'
import type { OauthClientRecord, OauthClientStore } from './oauth-store.ts'

/** The realm of server administrators, whose tokens work on the admin interface. */
export const adminRealm = '/'

/** The client by which service accounts get tokens. It exists in the root realm only. */
export const serviceAccountClient = 'service-account'

/** The clients of the vendor's server for AI assistants: a person signs in to the first, and the second narrows its tokens. */
export const assistantClient = 'AICMCPClient'
export const exchangeClient = 'AICMCPExchangeClient'

/** The clients of the vendor's admin tools: of its cloud and of its own installations. */
export const personClientNames = ['idmAdminClient', 'idm-admin-ui', assistantClient, exchangeClient]

export const personClients: ReadonlySet<string> = new Set(personClientNames)

/** Seconds, as in the vendor's cloud. */
export const adminTokenSeconds = 899

/** A tool exchanges its code at once. */
const codeSeconds = 20

/** Pages of the vendor's tools, on the server itself. */
const pages = ['/platform', '/admin'].flatMap((folder) => [
  `${folder}/appAuthHelperRedirect.html`,
  `${folder}/sessionCheck.html`,
])

/** Whether tokens of this client are for the admin interface. The clients exist in the root realm only. */
export function isAdminClient(realm: string, id: string | undefined): boolean {
  return realm === adminRealm && id !== undefined && personClients.has(id)
}

/**
 * Whether a browser sends the request, so that its redirect would leave the code in the address bar and in logs. Browsers
 * send these headers over https; Node's `fetch` sends only the mode `cors`.
 */
export function isOfBrowser(headers: NodeJS.Dict<string | string[]>): boolean {
  return headers['sec-fetch-site'] !== undefined || headers['sec-fetch-mode'] === 'navigate'
}

/**
 * Adds the clients of the vendor's admin tools to the root realm. They are part of the server, so that they follow its
 * address, and nobody can give them another redirect URI. A stored client of the same name has no effect.
 * @param baseUrl scheme, host and context path of the server
 * @param mayUseDevices whether the client for assistants may use the device flow
 */
export function withAdminClients(
  stored: Pick<OauthClientStore, 'read'>,
  baseUrl: string,
  mayUseDevices: boolean,
): Pick<OauthClientStore, 'read'> {
  return {
    async read(realm, id): Promise<OauthClientRecord | undefined> {
      // rule S30: otherwise a stored client replaces a built-in one
      return isAdminClient(realm, id)
        ? { id, document: documentOf(id, baseUrl, mayUseDevices) }
        : stored.read(realm, id)
    },
  }
}

function documentOf(id: string, baseUrl: string, mayUseDevices: boolean): JsonObject {
  const isAssistant = id === assistantClient
  const grantTypes = ['authorization_code', ...(isAssistant && mayUseDevices ? [deviceGrantType] : [])]
  return {
    coreOAuth2ClientConfig: {
      clientType: 'Public',
      clientName: [id],
      scopes: ['openid', 'profile', ...adminScopeNames, ...idleScopeNames],
      redirectionUris: isAssistant
        ? ['http://localhost:3000']
        : pages.map((page) => new URL(page, baseUrl).href),
      accessTokenLifetime: adminTokenSeconds,
      authorizationCodeLifetime: codeSeconds,
    },
    // rule S30: otherwise a link gives programs on the person's computer a token
    advancedOAuth2ClientConfig: { grantTypes, isConsentImplied: !isAssistant },
  }
}

/** The parts of a request of Node that `dropSecret` changes. */
type TokenRequest = {
  headers: NodeJS.Dict<string | string[]>
  unshift(chunk: Buffer): void
}

/**
 * The vendor's command line sends a made-up secret for these clients, which have none. Moves the client's name from the header
 * into the body, where public clients send it. PKCE proves the client.
 */
export function dropSecret(realm: string, route: string, request: TokenRequest): void {
  const id = route === routes.token ? basicName(request.headers.authorization) : undefined
  if (id === undefined || !isAdminClient(realm, id)) return
  const named = Buffer.from(`client_id=${encodeURIComponent(id)}&`)
  delete request.headers.authorization
  request.unshift(named)
  const length = request.headers['content-length']
  if (typeof length === 'string') request.headers['content-length'] = String(Number(length) + named.length)
}

function basicName(authorization: string | string[] | undefined): string | undefined {
  const [, credentials] = /^basic +(\S+)$/i.exec(String(authorization)) ?? []
  return credentials && Buffer.from(credentials, 'base64').toString('utf8').split(':')[0]
}
