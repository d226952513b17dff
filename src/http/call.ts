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

/** What handlers see of a request. Sessions and bearer tokens are looked up once, and only when asked for. */
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
    // Read when asked: the body arrives after the checks.
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
    gone: once(() => goneSignal(reply)),
  }
}

/** Where the session token came from, if there is one: the header wins. */
export function sessionToken(headers: Call['headers']): { token: string; isCookie: boolean } | undefined {
  const header = headers[sessionCookie.toLowerCase()]
  if (typeof header === 'string' && header !== '') return { token: header, isCookie: false }
  const cookie = parseCookies(headers.cookie)[sessionCookie]
  return cookie ? { token: cookie, isCookie: true } : undefined
}

/** Every session token in a request, also one that does not count because the header wins. */
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

function goneSignal({ raw }: FastifyReply): AbortSignal {
  const controller = new AbortController()
  // Asked for late, the end may have been before.
  if (raw.destroyed) controller.abort()
  raw.once('close', () => {
    // Every answer ends with it; only one that was cut off has a client that is gone.
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
