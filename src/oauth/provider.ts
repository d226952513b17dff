import type { EventEmitter } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Configuration, KoaContextWithOIDC, Provider } from 'oidc-provider'
import { errorBody } from '../errors.ts'
import type { KeyRing } from '../secrets/key-ring.ts'
import { createSealer } from '../secrets/seal.ts'
import type { SecretStore } from '../secrets/secret-store.ts'
import { clientAdapter, recordAdapter } from './adapter.ts'
import { grantClientCredentials } from './client-credentials.ts'
import { extraMetadata } from './client-metadata.ts'
import { clientSecretSealer } from './client-secret.ts'
import { announcedScopes, clientAuthMethods, issuerOf, routes } from './endpoints.ts'
import type { OauthClientStore, OauthStore } from './oauth-store.ts'
import { signedOutPage, signOutPage } from './pages.ts'
import { type SigningKeys, signingKeys } from './signing-keys.ts'

export type OauthNeeds = {
  store: OauthStore
  clients: OauthClientStore
  secrets: SecretStore
  keyRing: KeyRing
  /** Epoch milliseconds. */
  now(): number
  /** For the log: what went wrong inside `oidc-provider`. Clients learn only `server_error`. */
  onError(error: unknown): void
}

/**
 * Answers on the raw sockets, whatever spelling of the path the client used.
 * @param route what follows the realm's mount point, with its query
 */
export type OauthHandler = (
  route: string,
  request: IncomingMessage,
  response: ServerResponse,
) => Promise<void>

export type OauthProviders = {
  /** @param realm path of an existing, active realm */
  open(realm: string, baseUrl: string): Promise<OauthHandler>
}

/** Base URLs may come from a request's Host header, so the number of instances needs an end. */
const maxInstances = 32

const hour = 3600
const day = 24 * hour

/** One `oidc-provider` for each realm and base URL, made when first asked: its start takes 25 MB and 100 ms. */
export function createOauthProviders(needs: OauthNeeds): OauthProviders {
  const handlers = new Map<string, Promise<OauthHandler>>()
  return {
    open(realm, baseUrl) {
      const issuer = issuerOf(realm, baseUrl)
      const present = handlers.get(issuer)
      if (present !== undefined) return present
      const [oldest] = handlers.keys()
      if (handlers.size >= maxInstances && oldest !== undefined) handlers.delete(oldest)
      const made = createHandler(realm, issuer, needs)
      handlers.set(issuer, made)
      // The next request tries again.
      made.catch(() => handlers.delete(issuer))
      return made
    },
  }
}

async function createHandler(realm: string, issuer: string, needs: OauthNeeds): Promise<OauthHandler> {
  const provider = await createProvider(realm, issuer, needs)
  const handle = provider.callback()
  return (route, request, response) => {
    pretend(request, issuer, route)
    return handle(request, response)
  }
}

/** Shows `oidc-provider` the canonical address, from which it writes its links; it finds its mount path in the two URLs. */
function pretend(request: IncomingMessage & { originalUrl?: string }, issuer: string, route: string): void {
  const { protocol, host, pathname } = new URL(issuer)
  request.headers['x-forwarded-proto'] = protocol.slice(0, -1)
  request.headers['x-forwarded-host'] = host
  request.originalUrl = pathname + route
  request.url = route
}

async function createProvider(realm: string, issuer: string, needs: OauthNeeds): Promise<Provider> {
  const { Provider, errors } = await import('oidc-provider')
  const keys = await signingKeys(realm, needs.secrets, needs.keyRing)
  const record = {
    store: needs.store,
    sealer: createSealer(needs.keyRing.derive('oauth record ids')),
    now: needs.now,
    alreadyUsed: () => new errors.InvalidGrant('it was used before'),
  }
  const provider = new Provider(issuer, {
    ...configuration(keys, needs.keyRing),
    adapter: (model) =>
      model === 'Client'
        ? clientAdapter(realm, needs.clients, clientSecretSealer(needs.keyRing))
        : recordAdapter(realm, model, record),
  })
  // The headers that it then believes are written by `pretend`.
  provider.proxy = true
  provider.on('server_error', (_ctx, error) => needs.onError(error))
  // Koa's own event, which the types of `oidc-provider` leave out.
  const emitter: EventEmitter = provider
  emitter.on('error', needs.onError)
  grantClientCredentials(provider, errors.InvalidScope)
  provider.use(async (ctx, next) => {
    await next()
    // Such as a POST where only GET is answered.
    if (ctx.status !== 404 || ctx.body !== undefined) return
    ctx.body = errorBody(404, 'Not Found')
    ctx.status = 404
  })
  return provider
}

/** Each default that prints a notice is replaced by a choice of ours. */
function configuration(keys: SigningKeys, keyRing: KeyRing): Configuration {
  return {
    jwks: keys,
    routes,
    scopes: announcedScopes,
    responseTypes: ['code'],
    clientAuthMethods,
    extraClientMetadata: { properties: [...extraMetadata] },
    cookies: {
      keys: [Buffer.from(keyRing.derive('oauth cookies')).toString('base64url')],
      names: {
        session: 'sidegate_oauth',
        interaction: 'sidegate_oauth_interaction',
        resume: 'sidegate_oauth_resume',
      },
    },
    features: {
      clientCredentials: { enabled: true },
      revocation: { enabled: true, allowedPolicy: isOwn },
      introspection: { enabled: true, allowedPolicy: isOwn },
      rpInitiatedLogout: { enabled: true, logoutSource: signOutPage, postLogoutSuccessSource: signedOutPage },
      pushedAuthorizationRequests: { enabled: false },
      dPoP: { enabled: false },
      devInteractions: { enabled: false },
    },
    findAccount: async () => undefined,
    renderError: async (ctx, error) => {
      ctx.body = error
    },
    ttl: {
      AccessToken: hour,
      ClientCredentials: hour,
      AuthorizationCode: 60,
      RefreshToken: 7 * day,
      IdToken: hour,
      Grant: 7 * day,
      Interaction: hour,
      Session: day,
    },
  }
}

/** A client sees and ends its own tokens only. */
function isOwn(
  _ctx: KoaContextWithOIDC,
  client: { clientId: string },
  token: { clientId?: string | undefined },
): boolean {
  return token.clientId === client.clientId
}
