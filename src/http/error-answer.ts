import type { FastifyReply, FastifyRequest } from 'fastify'
import {
  BusyError,
  type ErrorBody,
  errorBody,
  isOutOfDescriptors,
  OperationError,
  outOfDescriptors,
  RequestError,
  StorageError,
  storageProblems,
} from '../base/errors.ts'
import { securityHeaders } from './security-headers.ts'

/** Retry delay for clients after an outage of a dependency, in seconds. */
const retryAfterSeconds = '5'

/** Maximum size of a refused body that is read to its end, so that its client gets the answer. */
const maxDrainedBytes = 64 * 1024 * 1024

/** Sends an error in AM's form. Only the log gets the cause and the stack. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const answer = requestErrorOf(error, request)
  // Hooks don't run for requests that the router rejects.
  if (!reply.hasHeader('content-security-policy')) reply.headers(securityHeaders)
  // Without the stack, because an overloaded server rejects thousands of requests.
  if (error instanceof BusyError) request.log.warn({ bound: error.bound }, 'request refused: too busy')
  else if (isLogged(error, answer.status)) request.log.error({ err: error }, 'request failed')
  if (answer.status === 503) reply.header('retry-after', retryAfterSeconds)
  const wait = answer.detail?.retryAfterSeconds
  if (answer.status === 429 && typeof wait === 'number') reply.header('retry-after', String(wait))
  // RFC 9110, section 11.6.1 requires a challenge. Browsers open no window for an unknown scheme.
  if (answer.status === 401 && !reply.hasHeader('www-authenticate'))
    reply.header('www-authenticate', 'Session')
  // Fastify closes the connection, which would reset it while the client still sends.
  if (answer.status === 413 && Number(request.headers['content-length']) <= maxDrainedBytes)
    reply.removeHeader('connection')
  sendJson(reply, answer.status, errorBody(answer.status, answer.message, answer.detail))
}

/** Outages of the database and of file descriptors have one line for all requests, instead of a stack for each. */
function isLogged(error: unknown, status: number): boolean {
  return status >= 500 && status !== 501 && !(error instanceof StorageError) && !isOutOfDescriptors(error)
}

export function sendJson(reply: FastifyReply, status: number, body: unknown): void {
  if (reply.getHeader('content-type') === undefined) {
    reply.header('content-type', 'application/json;charset=UTF-8')
  }
  // Sent as bytes, because Fastify rewrites the content type of strings.
  reply.code(status).send(Buffer.from(JSON.stringify(body)))
}

/** The error response to bytes that are not valid HTTP. */
export function rawErrorAnswer(code: string | undefined): string {
  return rawAnswer(new RequestError(code === 'HPE_HEADER_OVERFLOW' ? 431 : 400))
}

/** A complete HTTP response for a socket that is closed afterwards. */
export function rawAnswer(error: RequestError): string {
  const body: ErrorBody = errorBody(error.status, error.message)
  const text = JSON.stringify(body)
  return [
    `HTTP/1.1 ${error.status} ${body.reason}`,
    'Content-Type: application/json;charset=UTF-8',
    ...Object.entries(securityHeaders).map(([name, value]) => `${name}: ${value}`),
    `Content-Length: ${Buffer.byteLength(text)}`,
    'Connection: close',
    '',
    text,
  ].join('\r\n')
}

function requestErrorOf(error: unknown, { routeOptions }: FastifyRequest): RequestError {
  if (error instanceof RequestError) return error
  if (error instanceof StorageError) return new RequestError(503, storageProblems[error.problem])
  if (isOutOfDescriptors(error)) return new RequestError(503, outOfDescriptors)
  if (error instanceof OperationError) return new RequestError(503)
  const status = clientStatusOf(error)
  if (status === 413 && routeOptions.bodyLimit !== undefined) {
    const kilobytes = Math.floor(routeOptions.bodyLimit / 1024)
    return new RequestError(413, `The request body must not be larger than ${kilobytes} KB`)
  }
  return new RequestError(status ?? 500)
}

/** The status of Fastify's own errors. Their messages are dropped because they may quote the request. */
function clientStatusOf(error: unknown): 400 | 413 | 415 | 431 | undefined {
  if (!(error instanceof Error) || !('statusCode' in error)) return undefined
  const { statusCode } = error
  if (statusCode === 413 || statusCode === 415 || statusCode === 431) return statusCode
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500 ? 400 : undefined
}
