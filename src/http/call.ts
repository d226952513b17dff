import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Json } from '../base/json.ts'
import { sessionCookie } from '../engine/server-cookies.ts'
import type { AdminBearer } from '../oauth/admin-bearer.ts'
import type { Proof } from '../oauth/dpop-proof.ts'
import type { Identity } from '../people/identity.ts'
import type { Realm } from '../realms/realm.ts'
import type { Session } from '../sessions/session.ts'
import { parseCookies } from './authentication/cookies.ts'
import { clientAddress, plainAddress } from './client-address.ts'
import { bearerAccesses, bringsBearer, grantableAccesses } from './guards/bearer-scopes.ts'
import { isOfOrigin } from './guards/cross-origin.ts'
import { type Limits, type Rights, rightsOf } from './guards/rights.ts'
import { isForStaff, type OwnAddresses } from './guards/staff-host.ts'
import { callersBaseUrl } from './guards/trusted-host.ts'
import type { BearerClient, Call, SignedIn } from './route.ts'

export type CallSources = OwnAddresses & {
  findSession(token: string): Promise<Session | undefined>
  verifyBearer(realm: Realm, token: string, proof?: Proof): Promise<BearerClient | undefined>
  verifyAdminBearer(token: string): Promise<AdminBearer | undefined>
  readIdentity(realm: string, id: string): Promise<Identity | undefined>
  /** Whether the address of a connection is that of a trusted proxy. Default: there are none. */
  isProxy?(address: string): boolean
}

/** A service account has the rights of an administrator, as far as its scopes allow. */
const administrator = { realm: '/', roles: ['admin'], isActive: true }

/** The call of a request. Its parts are made when a handler asks for them, and at most once. */
export class RequestCall implements Call {
  readonly realm: Realm
  readonly params: Readonly<Record<string, string>>
  readonly headers: Call['headers']
  readonly baseUrl: string
  readonly #request: FastifyRequest
  readonly #reply: FastifyReply
  readonly #sources: CallSources
  /** The scopes of which a token of administration needs one. Undefined: the route ignores such tokens. */
  readonly #scopes: readonly string[] | undefined
  #clientIp: string | undefined
  #query: URLSearchParams | undefined
  #session: ReturnType<Call['session']>
  #isSessionKnown = false
  #adminBearer: Promise<AdminBearer | undefined> | undefined
  #rights: Promise<Rights> | undefined
  #client: Promise<BearerClient | undefined> | undefined
  #disconnected: AbortSignal | undefined

  constructor(
    request: FastifyRequest,
    reply: FastifyReply,
    params: Readonly<Record<string, string>>,
    realm: Realm,
    baseUrl: string,
    sources: CallSources,
    scopes?: readonly string[],
  ) {
    this.realm = realm
    this.params = params
    this.headers = request.headers
    this.baseUrl = baseUrl
    this.#request = request
    this.#reply = reply
    this.#sources = sources
    this.#scopes = scopes
  }

  get query(): URLSearchParams {
    if (this.#query === undefined) {
      const { url } = this.#request
      const queryAt = url.indexOf('?')
      this.#query = new URLSearchParams(queryAt < 0 ? '' : url.slice(queryAt + 1))
    }
    return this.#query
  }

  /** The guards run before the body is read. Our parser has checked that it is JSON. */
  get body(): Json | undefined {
    return this.#request.body as Json | undefined
  }

  get callersUrl(): string {
    return callersBaseUrl(this.#sources, this.headers.host, this.baseUrl)
  }

  get clientIp(): string {
    this.#clientIp ??= clientAddress(this.#request)
    return this.#clientIp
  }

  get proxyAddress(): string | undefined {
    const { remoteAddress = '' } = this.#request.socket
    // rule S39: otherwise every connection counts as that of a proxy
    return this.#sources.isProxy?.(remoteAddress) ? plainAddress(remoteAddress) : undefined
  }

  get correlationId(): string {
    return this.#request.id
  }

  session(): ReturnType<Call['session']> {
    if (!this.#isSessionKnown) {
      this.#isSessionKnown = true
      const found = sessionToken(this.headers)
      if (this.#isByBearer()) this.#session = this.#sessionOfBearer()
      else this.#session = found && signedIn(found, this.#sources, this)
    }
    return this.#session
  }

  rights(): Promise<Rights> {
    this.#rights ??= this.#readRights()
    return this.#rights
  }

  async tokenScopes(): Promise<readonly string[] | undefined> {
    return this.#isByBearer() ? ((await this.#readAdminBearer())?.scopes ?? []) : undefined
  }

  client(): Promise<BearerClient | undefined> {
    this.#client ??= this.#readClient()
    return this.#client
  }

  disconnected(): AbortSignal {
    this.#disconnected ??= disconnectSignal(this.#reply)
    return this.#disconnected
  }

  async #readClient(): Promise<BearerClient | undefined> {
    const { authorization, dpop } = this.headers
    const { method, originalUrl } = this.#request
    const token = bearerToken(authorization)
    if (token !== undefined) return this.#sources.verifyBearer(this.realm, token)
    const bound = tokenOf('dpop', authorization)
    if (bound === undefined || typeof dpop !== 'string') return undefined
    const proof = { jwt: dpop, method, url: new URL(originalUrl, this.baseUrl).href }
    return this.#sources.verifyBearer(this.realm, bound, proof)
  }

  async #readRights(): Promise<Rights> {
    // rule R15: otherwise roles have an effect at the hosts of callers
    if (!isForStaff(this.#sources, this.headers.host)) return rightsOf(undefined)
    const own = (await this.session())?.session
    const bearer = this.#isByBearer() ? await this.#readAdminBearer() : undefined
    if (bearer?.isServiceAccount) return rightsOf(administrator, this.#limitsOf(bearer))
    const identity = own && (await this.#sources.readIdentity(own.realm, own.identityId))
    return bearer === undefined ? rightsOf(identity) : rightsOf(identity, this.#limitsOf(bearer))
  }

  #limitsOf({ scopes, isServiceAccount }: AdminBearer): Limits {
    const matching = scopes.filter((scope) => this.#scopes?.includes(scope))
    // rule S32: otherwise tokens ignore their scopes
    if (matching.length === 0) return { accesses: [], grantable: [] }
    const grantable = grantableAccesses(scopes)
    // A person can do the same with their session. A program is only what its scopes say.
    const isNarrow = isServiceAccount && this.#request.method !== 'GET' && matching.includes('fr:idm:*')
    return { accesses: isNarrow ? grantable : bearerAccesses, grantable }
  }

  /** A token wins over the cookie, also if it is invalid, and a session in the header wins over the token. */
  #isByBearer(): boolean {
    if (this.#scopes === undefined || !bringsBearer(this.headers)) return false
    // rule S30: otherwise the cookie counts beside a token
    return sessionToken(this.headers)?.isCookie !== false
  }

  async #sessionOfBearer(): Promise<SignedIn | undefined> {
    const bearer = await this.#readAdminBearer()
    if (bearer === undefined) return undefined
    const { session, isServiceAccount } = bearer
    return { session, token: '', isCookie: false, isServiceAccount }
  }

  #readAdminBearer(): Promise<AdminBearer | undefined> {
    this.#adminBearer ??= adminBearer(this.headers.authorization, this.#sources)
    return this.#adminBearer
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

async function signedIn(
  found: Pick<SignedIn, 'token' | 'isCookie'>,
  sources: CallSources,
  call: Pick<Call, 'realm' | 'headers' | 'baseUrl'>,
): Promise<SignedIn | undefined> {
  const session = await sources.findSession(found.token)
  // rule R1: otherwise an origin that a realm lists acts with the cookie of a server administrator
  return session && isOfOrigin(call, { session, ...found }) ? { session, ...found } : undefined
}

async function adminBearer(
  authorization: string | undefined,
  sources: CallSources,
): Promise<AdminBearer | undefined> {
  const token = bearerToken(authorization)
  return token === undefined ? undefined : sources.verifyAdminBearer(token)
}

function bearerToken(authorization: string | undefined): string | undefined {
  return tokenOf('bearer', authorization)
}

function tokenOf(scheme: 'bearer' | 'dpop', authorization: string | undefined): string | undefined {
  const [, named, token] = /^(\w+) +([\w.~+/-]+=*)$/.exec(authorization ?? '') ?? []
  return named?.toLowerCase() === scheme ? token : undefined
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
