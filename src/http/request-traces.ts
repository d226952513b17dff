import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { RequestSpan, Tracing } from '../telemetry/traces/tracing.ts'

/**
 * Opens a span for each request, named after its route, because paths and queries contain names and tokens. Later hooks enter
 * the span again, because the body arrives in the async context of the connection, not of the request.
 */
export function traceRequests(app: FastifyInstance, tracing: Tracing): void {
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
