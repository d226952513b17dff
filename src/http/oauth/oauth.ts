import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { notFound } from '../../base/errors.ts'
import { adminRealm } from '../../oauth/admin-clients.ts'
import { libraryPagePolicy } from '../../oauth/content-policy.ts'
import { discoveryDocument } from '../../oauth/discovery.ts'
import {
  discoveryRoute,
  isOauthRoute,
  issuerOf,
  routes,
  shortDevicePath,
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
import { isStaffHost, type OwnAddresses } from '../guards/staff-host.ts'
import { trustedBaseUrl } from '../guards/trusted-host.ts'
import type { RequestCounts } from '../guards/visit.ts'

export type OauthNeeds = OwnAddresses & {
  providers: OauthProviders
  findRealm(path: string): Promise<Realm | undefined>
  findSession(token: string): Promise<Session | undefined>
  /** Counts requests. Unset: no limit. */
  requestCounts?: RequestCounts | undefined
}

const mount = '/am/oauth2/'

/** OAuth2 and OpenID Connect of every realm, below `/am/oauth2`, in all spellings of the realm. */
export function oauthRoutes(needs: OauthNeeds): FastifyPluginAsync {
  return async (scope) => {
    // `oidc-provider` reads the body itself.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null))
    scope.all(`${mount}*`, { config: { side: 'both' } }, (request, reply) => answer(needs, request, reply))
    for (const path of [shortDevicePath, `${shortDevicePath}/*`])
      scope.get(path, { config: { side: 'both' } }, ({ url }, reply) => {
        const names = url
          .replace(/\?.*/, '')
          .split('/')
          .slice(2)
          .filter((name) => name !== '')
        const realm = ['root', ...names].map((name) => `realms/${name}`).join('/')
        return reply.redirect(mount + realm + routes.code_verification, 302)
      })
  }
}

async function answer(
  needs: OauthNeeds,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { realmPath, route, search } = targetOf(request.url)
  // Of the realms, only the administrators' gives tokens to tools of staff.
  const isForCallers = isStaffHost(needs, request.headers.host) && realmPath !== adminRealm
  // rule R15: otherwise any realm has OAuth2 at the host of staff
  if (!isOauthRoute(route) || isForCallers) throw notFound()
  const realm = await needs.findRealm(realmPath)
  if (realm?.isActive !== true) throw notFound('Realm not found')
  const { origin, host } = request.headers
  if (request.method === 'OPTIONS') {
    answerPreflight(reply, realm, origin)
    return reply
  }
  allowOrigin(reply, realm, origin)
  countRequest(needs.requestCounts, realm, clientAddress(request))
  const baseUrl = trustedBaseUrl(needs, request.protocol, host, realm.settings.allowedHosts)
  if (route === discoveryRoute && (request.method === 'GET' || request.method === 'HEAD')) {
    sendJson(reply, 200, discoveryDocument(issuerOf(realm.path, baseUrl), realm.settings.oauth))
    return reply
  }
  // Opened before the hand-over, because afterwards an error can no longer be sent.
  const handle = await needs.providers.open(realm, baseUrl)
  const token = takesSession(route) ? sessionToken(request.headers)?.token : undefined
  const session = token === undefined ? undefined : await needs.findSession(token)
  handOver(reply)
  await handle(route + search, request.raw, reply.raw, session, clientAddress(request))
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

/** Hands the socket to `oidc-provider`, with our headers set. */
function handOver(reply: FastifyReply): void {
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) reply.raw.setHeader(name, value)
  }
  // The library also writes pages; for other responses it sets the closed policy.
  reply.raw.setHeader('content-security-policy', libraryPagePolicy)
  // Without a CORS header, the library would allow every origin.
  if (!reply.hasHeader('access-control-allow-origin')) {
    reply.raw.setHeader('access-control-expose-headers', 'dpop-nonce, www-authenticate')
  }
  reply.hijack()
}
