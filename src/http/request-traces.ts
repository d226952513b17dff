import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { RequestSpan, Tracing } from '../telemetry/traces/tracing.ts'

/**
 * A span for each request: its route, not its URL, as queries and paths carry names and tokens. What is done for it belongs
 * to it by itself, as long as hooks go on within the span: a body comes with the connection, which knows no request.
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
    // Also where the client leaves, or a feed ends.
    reply.raw.once('close', () => {
      span.note({ 'http.response.status_code': reply.raw.statusCode })
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
