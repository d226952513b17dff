import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { badRequest, notFound, RequestError } from '../base/errors.ts'
import { isJsonObject, type Json } from '../base/json.ts'
import { type Awaitable, runWork, type Work, waitFor } from '../base/work.ts'
import { pick } from '../crest/collection.ts'
import type { Realm } from '../realms/realm.ts'
import { bodyLimitOf } from './body-limits.ts'
import { type CallSources, RequestCall } from './call.ts'
import { sendJson } from './error-answer.ts'
import { scopesOf } from './guards/bearer-scopes.ts'
import { sideOf } from './guards/divided-hosts.ts'
import { requireFreshSignIn } from './guards/fresh-sign-in.ts'
import { runGuards } from './guards/matrix.ts'
import { isStaffAccess } from './guards/rights.ts'
import { trustedBaseUrl } from './guards/trusted-host.ts'
import type { Visit } from './guards/visit.ts'
import { type answerOtherMethods, commonSide, type PathTable, refuseMethod } from './other-methods.ts'
import { accessOf, type Call, type Reply, type Route } from './route.ts'
import { isServerWide } from './route-reference.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set before any handler of a `Route` runs. */
    call: Call
  }
  interface FastifyContextConfig {
    takesForms?: boolean
  }
}

export type RouteOptions = CallSources & {
  routes: readonly Route[]
  findRealm(path: string): Awaitable<Realm | undefined>
  /** Whether a realm has this host in its settings. */
  hasHost?(host: string): Promise<boolean>
  metricsPassword?: Visit['metricsPassword']
  logKey?: Visit['logKey']
  requestCounts?: Visit['requestCounts']
  /** Epoch milliseconds. */
  now(): number
}

const compressedBody = 'The request body is compressed: send it uncompressed'

/** Mounts the route table in a Fastify scope whose only body parser is ours. */
export function mountRoutes(scope: FastifyInstance, table: PathTable, options: RouteOptions): void {
  scope.decorateRequest('call')
  parseBodies(scope)
  for (const route of options.routes) mountRoute(scope, urlOf(route), route, options)
  for (const { method, url, routes } of table.hidden()) {
    scope.route({
      method,
      url,
      config: { side: commonSide(routes) },
      handler: async (request, reply) => {
        refuseMethod(routes, request, reply)
        return reply
      },
    })
  }
}

/** The realm of a request for a path that lacks its method. */
export function realmOfOthers(options: RouteOptions): Parameters<typeof answerOtherMethods>[1]['realmOf'] {
  return ({ routes: [route], realmPath }) => runWork(activeRealm(realmPath, route, options))
}

/** The URL of a route after `canonicalUrl` rewrote the realm. */
export function urlOf({ path }: Pick<Route, 'path'>): string {
  return path.startsWith('/') ? path : `/am/json/@/:realmPath/${path}`
}

function parseBodies(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers()
  const asText = { parseAs: 'string' } as const
  scope.addContentTypeParser('application/json', asText, (_request, text: string, done) =>
    settle(done, () => parseJsonBody(text)),
  )
  scope.addContentTypeParser('application/x-www-form-urlencoded', asText, (request, text: string, done) =>
    settle(done, () => {
      if (request.routeOptions.config.takesForms) return Object.fromEntries(new URLSearchParams(text))
      // Some clients send the content type of a form with an empty body.
      if (text !== '') throw new RequestError(415)
      return undefined
    }),
  )
  scope.addContentTypeParser('*', asText, (_request, text: string, done) =>
    settle(done, () => {
      if (text !== '') throw new RequestError(415)
    }),
  )
}

/** Compressed bodies are rejected: a small one could expand to any size. */
function refuseCompressedBody({ headers }: FastifyRequest): void {
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') throw new RequestError(415, compressedBody)
}

function mountRoute(scope: FastifyInstance, url: string, route: Route, options: RouteOptions): void {
  scope.route({
    method: route.method,
    url,
    bodyLimit: bodyLimitOf(route),
    config: { takesForms: route.takesForms === true, side: sideOf(route) },
    onRequest(request, reply, done) {
      reply.header('content-api-version', 'resource=1.0')
      settle(
        (error) => done(error ?? undefined),
        () => runWork(admit(route, request, reply, options)),
      )
    },
    handler(request, reply) {
      settle(
        (error) => error && reply.send(error),
        () => runWork(respond(route, request.call, reply, options)),
      )
    },
  })
}

/** Runs the guards of a route, before the body is read. */
function* admit(
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
  options: RouteOptions,
): Work<void> {
  if (!route.isHealth) {
    const { realmPath, ...params } = paramsOf(request)
    const realm = yield* activeRealm(realmPath, route, options)
    const baseUrl = baseUrlOf(request, realm, options)
    const scopes = isStaffAccess(route.access) ? scopesOf(route) : undefined
    request.call = new RequestCall(request, reply, params, realm, baseUrl, options, scopes)
    yield* runGuards(visitOf(route, request, reply, options))
  }
  refuseCompressedBody(request)
}

function* respond(route: Route, call: Call, reply: FastifyReply, options: RouteOptions): Work<void> {
  if (route.dangerous !== undefined) yield* waitFor(requireFreshSignIn(route, call, options))
  send(reply, selected(route, call, yield* waitFor(route.handle(call))))
}

/** Selects the members that `_fields` names from a resource of AM. Routes of IDM, which are absolute, select their own. */
function selected({ method, path, isHealth }: Route, call: Call, answer: Reply): Reply {
  // Requests about the health make no call.
  if (isHealth || method !== 'GET' || path.startsWith('/') || 'stream' in answer) return answer
  const fields = call.query.get('_fields')
  const { body } = answer
  return fields !== null && isJsonObject(body) && '_id' in body
    ? { ...answer, body: pick(body, fields) }
    : answer
}

type Done = (error: Error | null, value?: unknown) => void

/** Reports the result of work to a callback of Fastify, immediately unless it is a promise. */
function settle(done: Done, work: () => unknown): void {
  let result: unknown
  try {
    result = work()
  } catch (error) {
    fail(done, error)
    return
  }
  if (result instanceof Promise) {
    result.then(
      (value) => done(null, value),
      (error) => fail(done, error),
    )
  } else done(null, result)
}

function fail(done: Done, error: unknown): void {
  done(error instanceof Error ? error : new Error('Something that is not an error was thrown'))
}

function visitOf(
  route: Route,
  { method, call }: FastifyRequest,
  reply: FastifyReply,
  { metricsPassword, logKey, requestCounts }: RouteOptions,
): Visit {
  return {
    method,
    access: accessOf(route, call),
    call,
    realmOf: () => route.actsOn?.(call) ?? call.realm.path,
    reply,
    metricsPassword,
    logKey,
    requestCounts,
  }
}

function baseUrlOf({ protocol, headers }: FastifyRequest, realm: Realm, options: RouteOptions): string {
  return trustedBaseUrl(options, protocol, headers.host, realm.settings.allowedHosts)
}

/**
 * The realm of a call. Routes of the whole server have the root realm alone: another one would let its administrators choose who
 * reads and writes them from other origins, and at which hosts.
 */
function* activeRealm(path = '/', route: Pick<Route, 'path'>, options: RouteOptions): Work<Realm> {
  // rule R1: otherwise the origins of one realm reach routes of the whole server
  if (path !== '/' && isServerWide(route))
    throw badRequest('This path is of the whole server: leave out the realm')
  const realm = yield* waitFor(options.findRealm(path))
  if (realm?.isActive !== true) throw notFound('Realm not found')
  return realm
}

function paramsOf(request: FastifyRequest): Readonly<Record<string, string>> {
  // Fastify types params as unknown, but its router only makes strings.
  return request.params as Record<string, string>
}

function send(reply: FastifyReply, answer: Reply): void {
  if ('stream' in answer) {
    answer.stream(reply)
    return
  }
  if (answer.headers !== undefined) reply.headers(answer.headers)
  for (const cookie of answer.cookies ?? []) reply.header('set-cookie', cookie)
  const { status = 200, body } = answer
  if (body === undefined) reply.code(status).send()
  else sendJson(reply, status, body)
}

/** Deeper than any journey or managed object, but shallow enough for recursive code. */
const maxDepth = 64

/**
 * Parses a request body. Undefined for an empty one, because some clients start a journey with a content type but no body.
 * @throws RequestError 400 for invalid JSON, for JSON nested too deep, and for a member named `__proto__`.
 */
function parseJsonBody(text: string): Json | undefined {
  if (text.trim() === '') return undefined
  const value = parse(text)
  checkMembers(value, 0)
  return value
}

function parse(text: string): Json {
  try {
    return JSON.parse(text)
  } catch {
    // The parser's own message quotes the body, which may hold a password.
    throw badRequest('The request could not be processed because the provided content is not valid JSON')
  }
}

function checkMembers(value: Json, depth: number): void {
  if (typeof value !== 'object' || value === null) return
  if (depth >= maxDepth) throw badRequest(`The request body is nested deeper than ${maxDepth} levels`)
  if (Object.hasOwn(value, '__proto__')) {
    throw badRequest('The request body must not have a member named __proto__')
  }
  if (Array.isArray(value)) for (const member of value) checkMembers(member, depth + 1)
  else for (const name of Object.keys(value)) checkMembers(value[name] ?? null, depth + 1)
}
