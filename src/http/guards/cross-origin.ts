import type { FastifyReply } from 'fastify'
import type { Realm } from '../../realms/realm.ts'
import type { Guard } from './visit.ts'

/** Request headers that other origins may send: those of the vendor's SDKs and of help-desk pages. Realms can add more. */
const allowedHeaders: readonly string[] = [
  'accept-api-version',
  'authorization',
  'content-type',
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

const exposedHeaders = 'content-api-version,etag,location,x-forgerock-transactionid'

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
