import type { JsonObject } from './engine/json.ts'

const reasons = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  409: 'Conflict',
  412: 'Precondition Failed',
  413: 'Payload Too Large',
  415: 'Unsupported Media Type',
  428: 'Precondition Required',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  503: 'Service Unavailable',
} as const

export type ErrorStatus = keyof typeof reasons

/** AM's shape of every error answer. */
export type ErrorBody = { code: number; reason: string; message: string; detail?: JsonObject }

/** The caller's fault, shown to the caller. Nothing was changed. */
export class RequestError extends Error {
  override readonly name = 'RequestError'
  readonly status: ErrorStatus
  readonly detail: JsonObject | undefined

  constructor(status: ErrorStatus, message: string = reasons[status], detail?: JsonObject) {
    super(message)
    this.status = status
    this.detail = detail
  }
}

/** Too much in too short a time. @param problem a word for programs @param waitMs after which it may be tried again. */
export function tooMany({
  problem,
  message,
  waitMs,
}: {
  problem: string
  message: string
  waitMs: number
}): RequestError {
  return new RequestError(429, message, { problem, retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)) })
}

/** Something around us does not work: database away, disk full, mail server down. Logged; the caller may try again. */
export class OperationError extends Error {
  override readonly name = 'OperationError'
}

/** What may be full. */
export type Bound = 'database' | 'passwords' | 'scripts' | 'feeds' | 'journeys'

/** A queue of ours is full: it is told at once rather than late. Nothing was begun, and the same may be tried again soon. */
export class BusyError extends OperationError {
  readonly bound: Bound

  constructor(bound: Bound, message: string) {
    super(message)
    this.bound = bound
  }
}

export function errorBody(status: number, message: string, detail?: JsonObject): ErrorBody {
  const reason = isKnown(status) ? reasons[status] : 'Error'
  return { code: status, reason, message, ...(detail === undefined ? {} : { detail }) }
}

export function notFound(message?: string): RequestError {
  return new RequestError(404, message)
}

export function badRequest(message: string, detail?: JsonObject): RequestError {
  return new RequestError(400, message, detail)
}

function isKnown(status: number): status is ErrorStatus {
  return Object.hasOwn(reasons, status)
}
