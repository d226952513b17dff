import * as z from 'zod/mini'
import { signInAgainIfRequired } from './fresh-sign-in.ts'

/** AM's form of an error. */
const errorSchema = z.object({
  code: z.number(),
  reason: z._default(z.string(), ''),
  message: z._default(z.string(), ''),
  detail: z.optional(z.unknown()),
})

/** The server said no. `code` is the HTTP status; `message` is a sentence for a person. */
export class ApiError extends Error {
  readonly code: number
  readonly reason: string
  readonly detail: unknown

  constructor({ code, reason, message, detail }: z.infer<typeof errorSchema>) {
    super(message || reason || `The server answered ${code}`)
    this.name = 'ApiError'
    this.code = code
    this.reason = reason
    this.detail = detail
  }
}

/** The server was not reached: no network, or it is starting again. What was asked may or may not have happened. */
export class OfflineError extends Error {
  constructor(cause: unknown) {
    super('The server cannot be reached', { cause })
    this.name = 'OfflineError'
  }
}

export type RequestOptions = {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Appended to the path; undefined members are left out, lists are repeated. */
  query?: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>> | undefined
  body?: unknown
  headers?: Readonly<Record<string, string>> | undefined
  /** `omit` speaks to the server as a client that nobody is signed in to. */
  credentials?: 'same-origin' | 'omit' | undefined
  signal?: AbortSignal | undefined
}

export type ServerResponse = { status: number; body: unknown; headers: Headers }

/**
 * Asks the server and answers whatever came, errors too.
 * @throws OfflineError when nothing came.
 */
export async function sendRequest(path: string, asked: RequestOptions = {}): Promise<ServerResponse> {
  const response = await fetchResponse(path, asked)
  const isJson = response.headers.get('content-type')?.includes('json') ?? false
  // An answer that breaks off did not come.
  const text = await response.text().catch((error: unknown) => {
    throw error instanceof TypeError ? new OfflineError(error) : error
  })
  return {
    status: response.status,
    body: isJson && text !== '' ? JSON.parse(text) : undefined,
    headers: response.headers,
  }
}

async function fetchResponse(path: string, asked: RequestOptions): Promise<Response> {
  const { method = 'GET', query, body, headers, credentials = 'same-origin', signal } = asked
  try {
    return await fetch(withQuery(path, query), {
      method,
      credentials,
      signal: signal ?? null,
      headers: {
        accept: 'application/json',
        'x-requested-with': 'sidegate',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? null : JSON.stringify(body),
    })
  } catch (error) {
    if (signal?.aborted) throw error
    throw new OfflineError(error)
  }
}

/**
 * Asks the server and answers the body, checked. What needs a sign-in of the last minutes waits for it.
 * @throws ApiError when the server said no.
 * @throws OfflineError when nothing came.
 */
export async function request<Schema extends z.ZodMiniType>(
  schema: Schema,
  path: string,
  asked: RequestOptions = {},
): Promise<z.infer<Schema>> {
  for (;;) {
    const { status, body } = await sendRequest(path, asked)
    if (status < 400) return z.parse(schema, body)
    const error = apiError(status, body)
    if (!(await signInAgainIfRequired(error.detail))) throw error
  }
}

/**
 * Asks the server for a file. What needs a sign-in of the last minutes waits for it.
 * @throws ApiError when the server said no.
 * @throws OfflineError when nothing came, or the end of it did not.
 */
export async function requestFile(path: string, asked: RequestOptions = {}): Promise<Blob> {
  for (;;) {
    const response = await fetchResponse(path, asked)
    if (response.ok) return response.blob().catch(throwOffline)
    const error = apiError(response.status, await response.json().catch(() => undefined))
    if (!(await signInAgainIfRequired(error.detail))) throw error
  }
}

function throwOffline(error: unknown): never {
  throw new OfflineError(error)
}

export function apiError(status: number, body: unknown): ApiError {
  const parsed = z.safeParse(errorSchema, body)
  return new ApiError(parsed.success ? parsed.data : { code: status, reason: '', message: '' })
}

function withQuery(path: string, query: RequestOptions['query']): string {
  const pairs = Object.entries(query ?? {}).flatMap(([name, value]) => {
    const values = Array.isArray(value) ? value : value === undefined ? [] : [value]
    return values.map((each) => [name, String(each)])
  })
  if (pairs.length === 0) return path
  const search = new URLSearchParams(pairs)
  return `${path}${path.includes('?') ? '&' : '?'}${search}`
}
