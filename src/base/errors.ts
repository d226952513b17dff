import { defined } from './defined.ts'
import type { JsonObject } from './json.ts'

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

/** The body of every error response, as in AM. */
export type ErrorBody = { code: number; reason: string; message: string; detail?: JsonObject }

/** An error caused by the client, which sees the message. Nothing was changed. */
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

/**
 * The error of a used-up limit.
 * @param problem code for programs
 * @param waitMs time until a retry can succeed
 */
export function tooManyRequests({
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

/** A failure of the environment, such as a lost database or a full disk. Logged; the client can retry. */
export class OperationError extends Error {
  override readonly name = 'OperationError'
}

/**
 * Why the database can't be used. `full`: no space is left. `readOnly`: it refuses changes. `failing`: the disk reports errors, or the
 * files are damaged. `away`: it doesn't answer.
 */
export const storageProblems = {
  full: 'The server can’t save: the disk is full',
  readOnly: 'The server can’t save: the database is read-only',
  failing: 'The server can’t save: the disk of the database reports errors',
  away: 'The server can’t save: the database does not answer',
} as const

export type StorageProblem = keyof typeof storageProblems

/** A failure of the database itself. Clients see the sentence of its problem; the log gets one line for all of an outage. */
export class StorageError extends OperationError {
  readonly problem: StorageProblem

  constructor(problem: StorageProblem, message: string, options?: ErrorOptions) {
    super(message, options)
    this.problem = problem
  }
}

/** Answers while no file can be opened. */
export const outOfDescriptors = 'The server has no file descriptors left'

/** Whether an error, or one of its causes, says that the process or the machine has no file descriptors left. */
export function isOutOfDescriptors(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return (
    ('code' in error && (error.code === 'EMFILE' || error.code === 'ENFILE')) ||
    isOutOfDescriptors(error.cause)
  )
}

export type Bound = 'database' | 'passwords' | 'scripts' | 'feeds' | 'journeys'

/** A full queue: the request fails at once without having started anything, and the client can retry soon. */
export class BusyError extends OperationError {
  readonly bound: Bound

  constructor(bound: Bound, message: string) {
    super(message)
    this.bound = bound
  }
}

export function errorBody(status: number, message: string, detail?: JsonObject): ErrorBody {
  const reason = isKnown(status) ? reasons[status] : 'Error'
  return { code: status, reason, message, ...defined({ detail }) }
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
