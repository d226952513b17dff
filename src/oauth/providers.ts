import type { IncomingMessage, ServerResponse } from 'node:http'
import { organisationOf, type Realm } from '../realms/realm.ts'
import type { Session } from '../sessions/session.ts'
import { sessionName } from './configuration.ts'
import { issuerOf } from './endpoints.ts'
import { createProvider, type OauthNeeds } from './provider.ts'
import { keySetOf, type SigningKeyStore, type SigningKeys } from './signing-keys.ts'

/**
 * Answers on the raw sockets, whatever spelling of the path the client used.
 * @param route what follows the realm's mount point, with its query
 * @param session that the request came with, of whatever realm
 */
export type OauthHandler = (
  route: string,
  request: IncomingMessage,
  response: ServerResponse,
  session: Session | undefined,
) => Promise<void>

export type OauthProviders = {
  /** @param realm existing and active */
  open(realm: Realm, baseUrl: string): Promise<OauthHandler>
}

/** Base URLs may come from a request's Host header, so the number of instances needs an end. */
const maxInstances = 32

/**
 * One `oidc-provider` for each realm, with its settings and keys as they are, and base URL; made when first asked: its
 * start takes 25 MB and 100 ms.
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
        generations,
      ])
      const present = handlers.get(key)
      if (present !== undefined) return present
      const [oldest] = handlers.keys()
      if (handlers.size >= maxInstances && oldest !== undefined) handlers.delete(oldest)
      const made = createHandler(realm, baseUrl, keySetOf(published), needs)
      handlers.set(key, made)
      // The next request tries again.
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
  const provider = await createProvider(
    { realm, baseUrl, keys, sessionOf: ({ req }) => sessions.get(req) },
    needs,
  )
  const handle = provider.callback()
  return (route, request, response, session) => {
    const own = session?.realm === realm.path ? session : undefined
    if (own !== undefined) sessions.set(request, own)
    pretend(request, issuerOf(realm.path, baseUrl), route, own)
    return handle(request, response)
  }
}

/**
 * Shows `oidc-provider` the canonical address, from which it writes its links; it finds its mount path in the two URLs.
 * Of cookies it sees one, which names our session: whatever a browser sends cannot.
 */
function pretend(
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
