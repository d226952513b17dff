import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyPluginAsync,
  type FastifyReply,
  type FastifyRequest,
  fastify,
  LogController,
} from 'fastify'
import { type Bound, BusyError, badRequest, RequestError } from '../base/errors.ts'
import { newReadMemory, type RequestMemory, withRequestMemory } from '../base/request-memory.ts'
import { noTracing, type RequestSpan, type Tracing } from '../telemetry/traces/tracing.ts'
import { smallBodyBytes } from './body-limits.ts'
import { proxyMatcher } from './client-address.ts'
import { boundConnections } from './connection-bounds.ts'
import { answerError, rawErrorAnswer } from './error-answer.ts'
import { divideHosts } from './guards/divided-hosts.ts'
import { isTrustedHost, unknownHost } from './guards/trusted-host.ts'
import { mountRoutes, type RouteOptions, realmOfOthers, urlOf } from './mount-routes.ts'
import { answerOtherMethods, PathTable } from './other-methods.ts'
import { canonicalUrls, endpointsOf } from './realm-path.ts'
import { type ServedRequest, servedRequest } from './route-class.ts'
import { securityHeaders, transportSecurity } from './security-headers.ts'
import { dropUnusedConnections } from './unused-connections.ts'

export type ServerOptions = RouteOptions & {
  /** Fastify plugins in addition to the routes, such as OAuth2 and the web pages. They use Fastify's own body parsers. */
  plugins?: readonly FastifyPluginAsync[]
  log: FastifyBaseLogger
  /** Addresses and ranges of proxies whose forwarded headers are trusted. */
  trustedProxies?: readonly string[]
  /** Maximum open connections from one address, except trusted proxies. Unset: no limit. */
  maxConnectionsPerAddress?: number
  tracing?: Tracing
  missingPage?: MissingPage
  /** Called when a request was rejected because a queue or pool was full. */
  onBusy?(bound: Bound): void
  /** Called when a request has its answer. */
  onServed?(request: ServedRequest): void
}

/** Answers a request for an address that doesn't exist with a page. @returns false without an answer. */
export type MissingPage = (request: FastifyRequest, reply: FastifyReply) => Promise<boolean>

/** The HTTP server, not yet listening. */
export function buildServer(options: ServerOptions): FastifyInstance {
  const canonical = canonicalUrls(endpointsOf(options.routes))
  // rule H10: otherwise a forged header changes the address of each request
  const app = fastify({
    loggerInstance: options.log,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'correlationId' }),
    bodyLimit: smallBodyBytes,
    trustProxy: options.trustedProxies === undefined ? false : [...options.trustedProxies],
    requestTimeout: 30_000,
    // During shutdown, requests on open connections are still handled, and then the connections are closed.
    return503OnClosing: false,
    // Our own guard rejects a missing Host header, with AM's error body.
    http: { maxHeaderSize: 16_384, requireHostHeader: false },
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 500 },
    rewriteUrl: (request) => canonical(request.url ?? '/'),
    genReqId: (request) => correlationIdOf(request.headers['x-forgerock-transactionid']),
    frameworkErrors: answerError,
    clientErrorHandler(error, socket) {
      if (socket.writable) socket.end(rawErrorAnswer(error.code))
    },
  })
  app.server.prependListener('request', useOriginForm)
  dropUnusedConnections(app)
  const { maxConnectionsPerAddress: perAddress, trustedProxies = [] } = options
  if (perAddress !== undefined) boundConnections(app, { perAddress, trustedProxies })
  followRequests(app, options.tracing ?? noTracing)
  app.setErrorHandler((error, request, reply) => {
    if (error instanceof BusyError) options.onBusy?.(error.bound)
    answerError(error, request, reply)
  })
  app.setNotFoundHandler(async (request, reply) => {
    if (!(await options.missingPage?.(request, reply))) answerError(new RequestError(404), request, reply)
    return reply
  })
  const common = { ...securityHeaders, ...transportSecurity(options.baseUrl) }
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(common)
    reply.header('x-forgerock-transactionid', request.id)
    if (isTrustedHost(options.baseUrl, hostOf(request))) done()
    else requireHostOfRealm(options, request.headers.host).then(() => done(), done)
  })
  divideHosts(app, options)
  const table = new PathTable(options.routes, urlOf)
  app.addHook('onResponse', (request, reply, done) => {
    noteRequest(request, reply, options)
    done()
  })
  // Not a copy: the worlds of walks exchange the parts of their options.
  const routeOptions: ServerOptions = Object.create(options, {
    isProxy: { value: proxyMatcher(trustedProxies) },
  })
  answerOtherMethods(app, { table, own: options, realmOf: realmOfOthers(routeOptions) })
  app.register(async (scope) => mountRoutes(scope, table, routeOptions))
  for (const plugin of options.plugins ?? []) app.register(plugin)
  return app
}

/** Takes the host of a target such as `http://host/path`, as RFC 9112, section 3.2.2 requires. */
function useOriginForm(request: IncomingMessage): void {
  const [, host, rest = ''] = /^https?:\/\/([^/?#]+)(.*)$/i.exec(request.url ?? '') ?? []
  if (host === undefined) return
  request.headers.host = host
  request.url = rest.startsWith('/') ? rest : `/${rest}`
}

/** @throws RequestError 400 for several, of which a proxy could choose another. */
function hostOf({ raw, headers }: FastifyRequest): string | undefined {
  const lines = raw.rawHeaders.filter((text, at) => at % 2 === 0 && text.toLowerCase() === 'host')
  if (lines.length > 1) throw badRequest('The request has several Host headers')
  return headers.host
}

function followRequests(app: FastifyInstance, tracing: Tracing): void {
  traceRequests(app, tracing)
  rememberReads(app)
}

/** Gives each request a memory of what it reads. The body arrives in the async context of the connection, so that needs it again. */
function rememberReads(app: FastifyInstance): void {
  const memories = new WeakMap<FastifyRequest, RequestMemory>()
  app.addHook('onRequest', (request, _reply, done) => {
    const memory = { current: newReadMemory() }
    memories.set(request, memory)
    withRequestMemory(memory, done)
  })
  app.addHook('preValidation', (request, _reply, done) =>
    withRequestMemory(memories.get(request) ?? { current: newReadMemory() }, done),
  )
}

/** Rejects hosts that no realm has. Whether the host belongs to the realm of the request is checked later. */
async function requireHostOfRealm({ hasHost }: ServerOptions, host: string | undefined): Promise<void> {
  if (host === undefined || (await hasHost?.(host)) !== true) throw unknownHost()
}

/** Logs the route instead of the URL, because paths and queries contain names and tokens. Counts it too. */
function noteRequest(request: FastifyRequest, reply: FastifyReply, { onServed }: ServerOptions): void {
  const url = request.routeOptions.url ?? request.pathOfOthers
  const { method } = request
  const { statusCode: status, elapsedTime } = reply
  const ms = Math.round(elapsedTime * 10) / 10
  request.log.info({ method, route: url ?? 'none', status, ms }, 'request')
  onServed?.(servedRequest({ method, route: url }, status, elapsedTime))
}

/** The client's id if it is safe in headers and logs, otherwise a new one. */
function correlationIdOf(sent: string | string[] | undefined): string {
  return typeof sent === 'string' && /^[\w./:-]{1,128}$/.test(sent) ? sent : randomUUID()
}

/**
 * Opens a span for each request, named after its route, because paths and queries contain names and tokens. Later hooks enter
 * the span again, because the body arrives in the async context of the connection, not of the request.
 */
function traceRequests(app: FastifyInstance, tracing: Tracing): void {
  if (!tracing.isOn) return
  const spans = new WeakMap<FastifyRequest, RequestSpan>()
  app.addHook('onRequest', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none'
    const span = tracing.request(request.headers, `${request.method} ${route}`, {
      'http.request.method': request.method,
      'http.route': route,
      'sidegate.correlation_id': request.id,
    })
    spans.set(request, span)
    // `close` also covers disconnected clients and feeds.
    reply.raw.once('close', () => {
      span.setAttributes({ 'http.response.status_code': reply.raw.statusCode })
      span.end(reply.raw.statusCode >= 500)
    })
    span.within(done)
  })
  app.addHook('preValidation', (request, _reply, done) => {
    const span = spans.get(request)
    if (span === undefined) done()
    else span.within(done)
  })
}
