import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { notFound } from '../../errors.ts'
import { libraryPagePolicy } from '../../oauth/content-policy.ts'
import { discoveryDocument } from '../../oauth/discovery.ts'
import {
  discoveryRoute,
  isOauthRoute,
  issuerOf,
  splitOauthPath,
  takesSession,
} from '../../oauth/endpoints.ts'
import type { OauthProviders } from '../../oauth/providers.ts'
import type { Realm } from '../../realms/realm.ts'
import type { Session } from '../../sessions/session.ts'
import { sessionToken } from '../call.ts'
import { clientAddress } from '../client-address.ts'
import { sendJson } from '../error-answer.ts'
import { allowOrigin, answerPreflight } from '../guards/cross-origin.ts'
import { countRequest } from '../guards/request-limit.ts'
import { trustedBaseUrl } from '../guards/trusted-host.ts'
import type { RequestCounts } from '../guards/visit.ts'

export type OauthNeeds = {
  providers: OauthProviders
  /** Scheme and host for links, when clients do not reach us by a loopback name. */
  baseUrl?: string | undefined
  findRealm(path: string): Promise<Realm | undefined>
  findSession(token: string): Promise<Session | undefined>
  /** Where requests are counted; unset means nowhere. */
  requestCounts?: RequestCounts | undefined
}

const mount = '/am/oauth2/'

/** OAuth2 and OpenID Connect for every realm, below `/am/oauth2` in each spelling of the realm that clients use. */
export function oauthRoutes(needs: OauthNeeds): FastifyPluginAsync {
  return async (scope) => {
    // `oidc-provider` reads the body itself.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null))
    scope.all(`${mount}*`, (request, reply) => answer(needs, request, reply))
  }
}

async function answer(
  needs: OauthNeeds,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { realmPath, route, search } = targetOf(request.url)
  if (!isOauthRoute(route)) throw notFound()
  const realm = await needs.findRealm(realmPath)
  if (realm?.isActive !== true) throw notFound('Realm not found')
  const { origin, host } = request.headers
  if (request.method === 'OPTIONS') {
    answerPreflight(reply, realm, origin)
    return reply
  }
  allowOrigin(reply, realm, origin)
  countRequest(needs.requestCounts, realm, clientAddress(request))
  const baseUrl = trustedBaseUrl(needs.baseUrl, request.protocol, host, realm.settings.allowedHosts)
  if (route === discoveryRoute && (request.method === 'GET' || request.method === 'HEAD')) {
    sendJson(reply, 200, discoveryDocument(issuerOf(realm.path, baseUrl), realm.settings.oauth))
    return reply
  }
  // Opened first: once the socket is handed over, an error could not be answered any more.
  const handle = await needs.providers.open(realm, baseUrl)
  const token = takesSession(route) ? sessionToken(request.headers)?.token : undefined
  const session = token === undefined ? undefined : await needs.findSession(token)
  handOver(reply)
  await handle(route + search, request.raw, reply.raw, session)
  return reply
}

function targetOf(url: string): { realmPath: string; route: string; search: string } {
  const queryAt = url.indexOf('?')
  const path = queryAt < 0 ? url : url.slice(0, queryAt)
  const search = queryAt < 0 ? '' : url.slice(queryAt)
  const { realm, route } = splitOauthPath(path.slice(mount.length))
  const named = new URLSearchParams(search).get('realm')
  const realmPath = realm !== '/' || named === null ? realm : `/${named.replace(/^\//, '')}`
  return { realmPath, route: route.replace(/\/$/, ''), search }
}

/** Leaves the socket to `oidc-provider`, with our headers on it. */
function handOver(reply: FastifyReply): void {
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) reply.raw.setHeader(name, value)
  }
  // The library writes pages, too; other answers get the closed policy once it is done.
  reply.raw.setHeader('content-security-policy', libraryPagePolicy)
  // It would allow every origin, unless it finds a header that says that somebody has decided.
  if (!reply.hasHeader('access-control-allow-origin')) {
    reply.raw.setHeader('access-control-expose-headers', 'www-authenticate')
  }
  reply.hijack()
}
