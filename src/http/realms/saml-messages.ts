import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { badRequest, notFound } from '../../base/errors.ts'
import { askingCookieName, askingCookieOf } from '../../engine/server-cookies.ts'
import { type ConsumerDependencies, consume } from '../../people/providers/saml/assertion-consumer.ts'
import { saml } from '../../people/providers/saml/bindings.ts'
import {
  entityKey,
  hostedSchema,
  remoteSchema,
  samlEntityKind,
} from '../../people/providers/saml/entities.ts'
import { receiveLogout as endByMessage } from '../../people/providers/saml/logout.ts'
import { spMetadata } from '../../people/providers/saml/metadata.ts'
import { spKeysOf } from '../../people/providers/saml/sp-keys.ts'
import { parentOf, type Realm } from '../../realms/realm.ts'
import { trustedPages } from '../../runtime/allowed-url.ts'
import type { Session } from '../../sessions/session.ts'
import { parseCookies, writeCookie } from '../authentication/cookies.ts'
import { clientAddress } from '../client-address.ts'
import { countRequest } from '../guards/request-limit.ts'
import type { OwnAddresses } from '../guards/staff-host.ts'
import { trustedBaseUrl } from '../guards/trusted-host.ts'
import type { RequestCounts } from '../guards/visit.ts'

export type SamlNeeds = ConsumerDependencies &
  OwnAddresses & {
    /** Sessions of a realm with this value of a property. */
    sessionsWith(realm: string, name: string, value: string): Promise<Session[]>
    endSession(session: Session): Promise<unknown>
    findRealm(path: string): Promise<Realm | undefined>
    /** Counts requests. Unset: no limit. */
    requestCounts?: RequestCounts | undefined
  }

const deliverySchema = z.object({
  SAMLRequest: z.string().exactOptional(),
  SAMLResponse: z.string().exactOptional(),
  SAMLart: z.string().exactOptional(),
  responsekey: z.string().exactOptional(),
  RelayState: z.string().exactOptional(),
})

const metadataQuery = z.object({
  entityid: z.string('The query parameter entityid is missing'),
  realm: z.string().default('/'),
})

/** Redirects with 303, so that a reload doesn't send the SAML response again. */
export async function receive(
  needs: SamlNeeds,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { realm, metaAlias, baseUrl } = await addressed(needs, request)
  const isForm = request.method === 'POST'
  const delivery = deliverySchema.safeParse(isForm ? request.body : request.query)
  if (!delivery.success) throw badRequest('The request must be a SAML response of an identity provider')
  const browser = parseCookies(request.headers.cookie)[askingCookieName(baseUrl)]
  const at = { realm: realm.path, baseUrl, trusted: trustedPages(realm, baseUrl), browser }
  const warn = (problem: string) =>
    request.log.warn({ realm: realm.path, metaAlias, problem }, 'SAML response refused')
  const next = await consume(needs, at, metaAlias, delivery.data, { isForm, warn })
  if (next === undefined) throw notFound('Service provider not found')
  if (next.browser !== undefined) {
    reply.header('set-cookie', writeCookie(askingCookieOf(baseUrl, next.browser)))
  }
  return reply.redirect(next.url, 303)
}

/** The realm and the service provider in the address. Counts the message. */
async function addressed(needs: SamlNeeds, request: FastifyRequest) {
  const [path = ''] = request.url.split('?')
  const metaAlias = `/${decodeURIComponent(path.replace(/^.*?\/metaAlias\//, ''))}`
  const realm = await activeRealm(needs, parentOf(metaAlias) ?? '/')
  countRequest(needs.requestCounts, realm, clientAddress(request))
  // rule S08: otherwise SAML answers from one address are not counted
  countRequest(needs.requestCounts, realm, clientAddress(request), 'SAML answers')
  return { realm, metaAlias, baseUrl: baseUrlOf(needs, request, realm) }
}

/** Answers a message about a logout with a redirect: to the identity provider if it asked, otherwise to the sign-in page. */
export async function receiveLogout(
  needs: SamlNeeds,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { realm, metaAlias, baseUrl } = await addressed(needs, request)
  const form = deliverySchema.safeParse(request.body ?? {}).data ?? {}
  const delivery =
    request.method === 'POST'
      ? ({ binding: saml.post, form } as const)
      : ({ binding: saml.redirect, query: request.url.split('?')[1] ?? '' } as const)
  const at = { realm: realm.path, baseUrl }
  try {
    const url = await endByMessage({ ...needs, end: needs.endSession }, at, metaAlias, delivery)
    const page = `${baseUrl}/XUI/?${new URLSearchParams({ realm: realm.path })}`
    return await reply.redirect(url ?? page, 303)
  } catch (error) {
    const problem = error instanceof Error ? error.message : 'unknown'
    request.log.warn({ realm: realm.path, metaAlias, problem }, 'SAML logout refused')
    throw badRequest('The message about a logout is invalid')
  }
}

/** The metadata of an entity. */
export async function describe(
  needs: SamlNeeds,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const query = metadataQuery.safeParse(request.query)
  if (!query.success) throw badRequest(query.error.issues[0]?.message ?? '')
  const realm = await activeRealm(needs, query.data.realm)
  const found = await needs.documents.read(realm.path, samlEntityKind, entityKey(query.data.entityid))
  const hosted = hostedSchema.safeParse(found?.document).data
  const remote = remoteSchema.safeParse(found?.document).data
  reply.type('application/samlmetadata+xml')
  // Sent as an attachment: realm administrators choose these bytes, so no browser may render them.
  // rule S25: otherwise a browser shows SAML metadata as a page
  reply.header('content-disposition', 'attachment; filename="metadata.xml"')
  if (remote !== undefined) return reply.send(Buffer.from(remote.base64EntityXML, 'base64url'))
  if (hosted === undefined) throw notFound('Entity not found')
  const { entityId } = hosted
  const keys = await spKeysOf(needs.spKeys, { realm: realm.path, entityId, now: needs.now() })
  return reply.send(spMetadata(hosted, baseUrlOf(needs, request, realm), keys))
}

async function activeRealm({ findRealm }: SamlNeeds, path: string): Promise<Realm> {
  const realm = await findRealm(path.startsWith('/') ? path : `/${path}`)
  if (realm?.isActive !== true) throw notFound('Realm not found')
  return realm
}

function baseUrlOf(needs: SamlNeeds, { protocol, headers }: FastifyRequest, { settings }: Realm): string {
  return trustedBaseUrl(needs, protocol, headers.host, settings.allowedHosts)
}
