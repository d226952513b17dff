import { randomUUID } from 'node:crypto'
import {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyPluginAsync,
  type FastifyRequest,
  fastify,
  LogController,
} from 'fastify'
import { type Bound, BusyError, RequestError } from '../errors.ts'
import { noTracing, type Tracing } from '../telemetry/traces/tracing.ts'
import { smallBodyBytes } from './body-limits.ts'
import { boundConnections } from './connection-bounds.ts'
import { answerError, rawErrorAnswer } from './error-answer.ts'
import { isTrustedHost, unknownHost } from './guards/trusted-host.ts'
import { dropUnusedConnections } from './journeys/unused-connections.ts'
import { mountRoutes, type RouteOptions } from './mount-routes.ts'
import { canonicalUrl, endpointsOf } from './realm-path.ts'
import { traceRequests } from './request-traces.ts'
import { securityHeaders, transportSecurity } from './security-headers.ts'

export type ServerOptions = RouteOptions & {
  /** Raw Fastify plugins beside the routes, such as the OAuth2 mount and the web pages. They have Fastify's own body parsers. */
  plugins?: readonly FastifyPluginAsync[]
  log: FastifyBaseLogger
  /** Addresses and ranges of proxies; nobody else's word on who a client is counts. */
  trustedProxies?: readonly string[]
  /** Open connections from one address that is not a trusted proxy; unset means no bound. */
  maxConnectionsPerAddress?: number
  tracing?: Tracing
  /** Told of what was full, for who counts it. */
  onBusy?(bound: Bound): void
}

/** The HTTP server, not yet listening. */
export function buildServer(options: ServerOptions): FastifyInstance {
  const endpoints = endpointsOf(options.routes)
  const app = fastify({
    loggerInstance: options.log,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'correlationId' }),
    bodyLimit: smallBodyBytes,
    trustProxy: options.trustedProxies === undefined ? false : [...options.trustedProxies],
    requestTimeout: 30_000,
    // A request that comes on an open connection while the server stops is answered, and the connection closed.
    return503OnClosing: false,
    // Our own check refuses a missing Host, in AM's shape.
    http: { maxHeaderSize: 16_384, requireHostHeader: false },
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 500 },
    rewriteUrl: (request) => canonicalUrl(request.url ?? '/', endpoints),
    genReqId: (request) => correlationIdOf(request.headers['x-forgerock-transactionid']),
    frameworkErrors: answerError,
    clientErrorHandler(error, socket) {
      if (socket.writable) socket.end(rawErrorAnswer(error.code))
    },
  })
  dropUnusedConnections(app)
  const { maxConnectionsPerAddress: perAddress, trustedProxies = [] } = options
  if (perAddress !== undefined) boundConnections(app, { perAddress, trustedProxies })
  traceRequests(app, options.tracing ?? noTracing)
  app.setErrorHandler((error, request, reply) => {
    if (error instanceof BusyError) options.onBusy?.(error.bound)
    answerError(error, request, reply)
  })
  app.setNotFoundHandler((request, reply) => answerError(new RequestError(404), request, reply))
  const common = { ...securityHeaders, ...transportSecurity(options.baseUrl) }
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({ ...common, 'x-forgerock-transactionid': request.id })
    await requireKnownHost(options, request.headers.host)
  })
  app.addHook('onResponse', async (request, reply) =>
    logRequest(request, reply.statusCode, reply.elapsedTime),
  )
  app.register(async (scope) => mountRoutes(scope, options))
  for (const plugin of options.plugins ?? []) app.register(plugin)
  return app
}

/** Which realm it is for is settled later; a host that none has gets no answer at all. */
async function requireKnownHost(
  { baseUrl, hasHost }: ServerOptions,
  host: string | undefined,
): Promise<void> {
  if (isTrustedHost(baseUrl, host)) return
  if (host === undefined || (await hasHost?.(host)) !== true) throw unknownHost()
}

/** One line for each request. The route, not the URL: queries and paths carry names and tokens. */
function logRequest(request: FastifyRequest, status: number, elapsed: number): void {
  const route = request.routeOptions.url ?? 'none'
  const { method } = request
  request.log.info({ method, route, status, ms: Math.round(elapsed * 10) / 10 }, 'request')
}

/** The caller's id, if it is one that is safe in headers and logs; ours otherwise. */
function correlationIdOf(sent: string | string[] | undefined): string {
  return typeof sent === 'string' && /^[\w./:-]{1,128}$/.test(sent) ? sent : randomUUID()
}
