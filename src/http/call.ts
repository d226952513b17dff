import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Json, jsonSchema } from '../engine/json.ts'
import { sessionCookie } from '../engine/server-cookies.ts'
import type { Identity } from '../people/identity.ts'
import type { Realm } from '../realms/realm.ts'
import type { Session } from '../sessions/session.ts'
import { parseCookies } from './authentication/cookies.ts'
import { clientAddress } from './client-address.ts'
import { rightsOf } from './guards/rights.ts'
import type { BearerClient, Call, SignedIn } from './route.ts'

export type CallSources = {
  findSession(token: string): Promise<Session | undefined>
  verifyBearer(realm: Realm, token: string): Promise<BearerClient | undefined>
  readIdentity(realm: string, id: string): Promise<Identity | undefined>
}

/** Creates the call of a request. Sessions and bearer tokens are looked up at most once, when a handler asks for them. */
export function makeCall(
  request: FastifyRequest,
  reply: FastifyReply,
  params: Readonly<Record<string, string>>,
  realm: Realm,
  baseUrl: string,
  sources: CallSources,
): Call {
  const { headers } = request
  const queryAt = request.url.indexOf('?')
  const session = once(() => signedIn(headers, sources))
  return {
    realm,
    params,
    query: new URLSearchParams(queryAt < 0 ? '' : request.url.slice(queryAt + 1)),
    headers,
    // A getter, because the guards run before the body is read.
    get body() {
      return bodyOf(request)
    },
    baseUrl,
    clientIp: clientAddress(request),
    correlationId: request.id,
    session,
    rights: once(async () => {
      const own = (await session())?.session
      return rightsOf(own && (await sources.readIdentity(own.realm, own.identityId)))
    }),
    client: once(() => bearerClient(headers.authorization, realm, sources)),
    disconnected: once(() => disconnectSignal(reply)),
  }
}

/** The session token of a request. The header wins over the cookie. */
export function sessionToken(headers: Call['headers']): { token: string; isCookie: boolean } | undefined {
  const header = headers[sessionCookie.toLowerCase()]
  if (typeof header === 'string' && header !== '') return { token: header, isCookie: false }
  const cookie = parseCookies(headers.cookie)[sessionCookie]
  return cookie ? { token: cookie, isCookie: true } : undefined
}

/** All session tokens in a request, including a cookie that the header overrides. */
export function presentedTokens(headers: Call['headers']): string[] {
  const header = headers[sessionCookie.toLowerCase()]
  const cookie = parseCookies(headers.cookie)[sessionCookie]
  return [header, cookie].filter((token) => typeof token === 'string').filter((token) => token !== '')
}

async function signedIn(headers: Call['headers'], sources: CallSources): Promise<SignedIn | undefined> {
  const found = sessionToken(headers)
  const session = found && (await sources.findSession(found.token))
  return session && { session, ...found }
}

async function bearerClient(
  authorization: string | undefined,
  realm: Realm,
  sources: CallSources,
): Promise<BearerClient | undefined> {
  const token = /^bearer +([\w.~+/-]+=*)$/i.exec(authorization ?? '')?.[1]
  return token === undefined ? undefined : sources.verifyBearer(realm, token)
}

function bodyOf(request: FastifyRequest): Json | undefined {
  return request.body === undefined ? undefined : jsonSchema.parse(request.body)
}

function disconnectSignal({ raw }: FastifyReply): AbortSignal {
  const controller = new AbortController()
  // The connection may have closed before the first call.
  if (raw.destroyed) controller.abort()
  raw.once('close', () => {
    // `close` is also emitted after a complete response.
    if (!raw.writableFinished) controller.abort()
  })
  return controller.signal
}

function once<Value>(make: () => Value): () => Value {
  let made: Value | undefined
  return () => {
    made ??= make()
    return made
  }
}
