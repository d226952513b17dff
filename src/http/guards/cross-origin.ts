import type { FastifyReply } from 'fastify'
import type { Realm } from '../../realms/realm.ts'
import type { Call, SignedIn } from '../route.ts'
import type { Guard } from './visit.ts'

/** Request headers that other origins may send: those of the vendor's SDKs and of help-desk pages. Realms can add more. */
const allowedHeaders: readonly string[] = [
  'accept-api-version',
  'authorization',
  'content-type',
  'dpop',
  'if-match',
  'if-none-match',
  'iplanetdirectorypro',
  'last-event-id',
  'prefer',
  'x-forgerock-transactionid',
  'x-openam-password',
  'x-openam-username',
  'x-requested-platform',
  'x-requested-with',
  'x-sidegate-authid',
]

const exposedHeaders = 'content-api-version,dpop-nonce,etag,location,x-forgerock-transactionid'

/**
 * Allows origins in the realm's settings to read responses, including errors.
 * @returns whether the origin is allowed.
 */
export function allowOrigin(reply: FastifyReply, realm: Realm, origin: string | undefined): boolean {
  reply.header('vary', 'Origin')
  if (origin === undefined || !realm.settings.corsOrigins.includes(origin)) return false
  reply.headers({
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': exposedHeaders,
  })
  return true
}

/**
 * Whether a session in a cookie counts. An origin that a realm lists acts only with sessions of this realm: the people who choose its
 * origins must not choose who uses the cookie of a server administrator. Clients that send the token in a header know it.
 */
export function isOfOrigin(
  { realm, headers: { origin }, baseUrl }: Pick<Call, 'realm' | 'headers' | 'baseUrl'>,
  { session, isCookie }: Pick<SignedIn, 'session' | 'isCookie'>,
): boolean {
  // rule R1: otherwise a realm that lists the server’s origin locks administrators out, or tokens in headers count as cookies
  if (!isCookie || origin === undefined || origin === new URL(baseUrl).origin) return true
  // rule R1: otherwise an origin that a realm lists acts with no cookie at all
  return !realm.settings.corsOrigins.includes(origin) || session.realm === realm.path
}

export const markOrigin: Guard = ({ reply, call }) => {
  allowOrigin(reply, call.realm, call.headers.origin)
}

/** Responds to a CORS preflight request. */
export function answerPreflight(reply: FastifyReply, realm: Realm, origin: string | undefined): void {
  if (allowOrigin(reply, realm, origin)) {
    reply.headers({
      'access-control-allow-methods': 'GET,POST,PUT,PATCH,DELETE',
      'access-control-allow-headers': [...new Set([...allowedHeaders, ...realm.settings.corsHeaders])].join(
        ',',
      ),
      'access-control-max-age': '600',
    })
  }
  reply.code(204).send()
}
