import type { FastifyReply, FastifyRequest } from 'fastify'
import { BusyError, type ErrorBody, errorBody, OperationError, RequestError } from '../errors.ts'
import { securityHeaders } from './security-headers.ts'

/** Seconds after which a client may try again what failed because of something around us. */
const retryAfterSeconds = '5'

/** The only place that makes AM's error answer. Causes go to the log; a client never sees a stack. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const shown = shownError(error, request)
  // A request that the router refuses comes by no hook.
  if (!reply.hasHeader('content-security-policy')) reply.headers(securityHeaders)
  // Refusals that come by the thousand should not cost a stack each.
  if (error instanceof BusyError) request.log.warn({ bound: error.bound }, 'request refused: too busy')
  else if (shown.status >= 500 && shown.status !== 501) request.log.error({ err: error }, 'request failed')
  if (shown.status === 503) reply.header('retry-after', retryAfterSeconds)
  const wait = shown.detail?.retryAfterSeconds
  if (shown.status === 429 && typeof wait === 'number') reply.header('retry-after', String(wait))
  sendJson(reply, shown.status, errorBody(shown.status, shown.message, shown.detail))
}

export function sendJson(reply: FastifyReply, status: number, body: unknown): void {
  if (reply.getHeader('content-type') === undefined) {
    reply.header('content-type', 'application/json;charset=UTF-8')
  }
  // Bytes, not text: Fastify would rewrite the content type of text.
  reply.code(status).send(Buffer.from(JSON.stringify(body)))
}

/** The error answer of a connection that never became a request. */
export function rawErrorAnswer(code: string | undefined): string {
  return rawAnswer(new RequestError(code === 'HPE_HEADER_OVERFLOW' ? 431 : 400))
}

/** An error answer as bytes on a socket, which is closed after it. */
export function rawAnswer(refused: RequestError): string {
  const body: ErrorBody = errorBody(refused.status, refused.message)
  const text = JSON.stringify(body)
  return [
    `HTTP/1.1 ${refused.status} ${body.reason}`,
    'Content-Type: application/json;charset=UTF-8',
    ...Object.entries(securityHeaders).map(([name, value]) => `${name}: ${value}`),
    `Content-Length: ${Buffer.byteLength(text)}`,
    'Connection: close',
    '',
    text,
  ].join('\r\n')
}

function shownError(error: unknown, { routeOptions }: FastifyRequest): RequestError {
  if (error instanceof RequestError) return error
  if (error instanceof OperationError) return new RequestError(503)
  const status = clientStatusOf(error)
  if (status === 413 && routeOptions.bodyLimit !== undefined) {
    const kilobytes = Math.floor(routeOptions.bodyLimit / 1024)
    return new RequestError(413, `The request body must not be larger than ${kilobytes} KB`)
  }
  return new RequestError(status ?? 500)
}

/** Fastify's own refusals carry a status; their texts may quote the request and are not passed on. */
function clientStatusOf(error: unknown): 400 | 413 | 415 | 431 | undefined {
  if (!(error instanceof Error) || !('statusCode' in error)) return undefined
  const { statusCode } = error
  if (statusCode === 413 || statusCode === 415 || statusCode === 431) return statusCode
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500 ? 400 : undefined
}
