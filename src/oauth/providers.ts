import type { IncomingMessage, ServerResponse } from 'node:http'
import { organisationOf, type Realm } from '../realms/realm.ts'
import type { Session } from '../sessions/session.ts'
import { dropSecret } from './admin-clients.ts'
import { issuerOf, sessionName } from './endpoints.ts'
import type { OauthNeeds } from './provider.ts'
import { keySetOf, type SigningKeyStore, type SigningKeys } from './signing-keys.ts'

/**
 * Handles a request on Node's raw request and response.
 * @param route the path after the realm's mount point, with the query
 * @param session the request's session, which may belong to another realm
 * @param address the client's address, which `oidc-provider` doesn't know
 */
export type OauthHandler = (
  route: string,
  request: IncomingMessage,
  response: ServerResponse,
  session: Session | undefined,
  address: string,
) => Promise<void>

export type OauthProviders = {
  /** @param realm must exist and be active */
  open(realm: Realm, baseUrl: string): Promise<OauthHandler>
}

/** Bounded, because base URLs can come from the Host header. */
const maxInstances = 32

/**
 * Caches one `oidc-provider` for each realm and base URL, with the realm's current settings and keys. Created on demand, because
 * an instance takes 25 MB and 100 ms to start.
 */
export function createOauthProviders(
  needs: OauthNeeds & { signingKeys: Pick<SigningKeyStore, 'published'> },
): OauthProviders {
  const handlers = new Map<string, Promise<OauthHandler>>()
  return {
    async open(realm, baseUrl) {
      const published = await needs.signingKeys.published(realm.path)
      const generations = published.map(({ number }) => number)
      const key = JSON.stringify([
        issuerOf(realm.path, baseUrl),
        organisationOf(realm),
        realm.settings.oauth,
        realm.settings.customAttributes,
        realm.settings.allowedHosts,
        generations,
      ])
      const cached = handlers.get(key)
      if (cached !== undefined) return cached
      const [oldest] = handlers.keys()
      if (handlers.size >= maxInstances && oldest !== undefined) handlers.delete(oldest)
      const made = createHandler(realm, baseUrl, keySetOf(published), needs)
      handlers.set(key, made)
      // Don't cache failures, so that the next request tries again.
      made.catch(() => handlers.delete(key))
      return made
    },
  }
}

async function createHandler(
  realm: Realm,
  baseUrl: string,
  keys: SigningKeys,
  needs: OauthNeeds,
): Promise<OauthHandler> {
  const sessions = new WeakMap<IncomingMessage, Session>()
  const addresses = new WeakMap<IncomingMessage, string>()
  const { createProvider } = await import('./provider.ts')
  const provider = await createProvider(
    {
      realm,
      baseUrl,
      keys,
      sessionOf: ({ req }) => sessions.get(req),
      addressOf: ({ req }) => addresses.get(req) ?? '',
    },
    needs,
  )
  const handle = provider.callback()
  return (route, request, response, session, address) => {
    addresses.set(request, address)
    const own = session?.realm === realm.path ? session : undefined
    if (own !== undefined) sessions.set(request, own)
    rewriteRequest(request, issuerOf(realm.path, baseUrl), route, own)
    dropSecret(realm.path, route, request)
    return handle(request, response)
  }
}

/**
 * Rewrites the request to the canonical URL, from which `oidc-provider` builds its links and finds its mount path. Replaces all
 * cookies by one that names the session, so that a browser can't send that cookie itself.
 */
function rewriteRequest(
  request: IncomingMessage & { originalUrl?: string },
  issuer: string,
  route: string,
  session: Session | undefined,
): void {
  const { protocol, host, pathname } = new URL(issuer)
  request.headers['x-forwarded-proto'] = protocol.slice(0, -1)
  request.headers['x-forwarded-host'] = host
  delete request.headers.cookie
  if (session !== undefined) request.headers.cookie = `${sessionName}=${session.handle}`
  request.originalUrl = pathname + route
  request.url = route
}
