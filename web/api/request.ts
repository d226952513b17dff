import * as z from 'zod/mini'
import { defined } from './defined.ts'
import { signInAgainIfRequired } from './fresh-sign-in.ts'
import { noteServerTime } from './server-clock.ts'

/** AM's error shape. */
const errorSchema = z.object({
  code: z.number(),
  reason: z._default(z.string(), ''),
  message: z._default(z.string(), ''),
  detail: z.optional(z.unknown()),
})

/** The server responded with an error. `code` is the HTTP status; `message` can be shown to people. */
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

/** No response arrived. The server may still have processed the request. */
export class OfflineError extends Error {
  constructor(cause: unknown) {
    super('The server cannot be reached', { cause })
    this.name = 'OfflineError'
  }
}

/** Whether the same request may succeed later: the server can't be reached or has trouble, or the person has to sign in again. */
export function mayPass(error: Error | null): boolean {
  return (
    error instanceof OfflineError || (error instanceof ApiError && (error.code === 401 || error.code >= 500))
  )
}

export type RequestOptions = {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Undefined members are left out; a list repeats its parameter. */
  query?: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>> | undefined
  body?: unknown
  headers?: Readonly<Record<string, string>> | undefined
  /** `omit` sends no session cookie. */
  credentials?: 'same-origin' | 'omit' | undefined
  signal?: AbortSignal | undefined
}

export type ServerResponse = { status: number; body: unknown; headers: Headers }

/**
 * Sends a request and returns the response, whatever its status.
 * @throws OfflineError
 */
export async function sendRequest(path: string, options: RequestOptions = {}): Promise<ServerResponse> {
  const response = await fetchResponse(path, options)
  const isJson = response.headers.get('content-type')?.includes('json') ?? false
  // A truncated response counts as none.
  const text = await response.text().catch((error: unknown) => {
    throw error instanceof TypeError ? new OfflineError(error) : error
  })
  return {
    status: response.status,
    body: isJson && text !== '' ? JSON.parse(text) : undefined,
    headers: response.headers,
  }
}

async function fetchResponse(path: string, options: RequestOptions): Promise<Response> {
  const { method = 'GET', query, body, headers, credentials = 'same-origin', signal } = options
  try {
    const response = await fetch(withQuery(path, query), {
      method,
      credentials,
      signal: signal ?? null,
      headers: {
        accept: 'application/json',
        'x-requested-with': 'sidegate',
        ...defined({ 'content-type': body === undefined ? undefined : 'application/json' }),
        ...headers,
      },
      body: body === undefined ? null : JSON.stringify(body),
    })
    noteServerTime(response.headers.get('date'))
    return response
  } catch (error) {
    if (signal?.aborted) throw error
    throw new OfflineError(error)
  }
}

/**
 * Sends a request and parses the body of its response. If it needs a recent sign-in, asks the person to sign in again and
 * repeats it.
 * @throws ApiError for an error status.
 * @throws OfflineError
 */
export async function request<Schema extends z.ZodMiniType>(
  schema: Schema,
  path: string,
  options?: RequestOptions,
): Promise<z.infer<Schema>> {
  return (await requestWithRevision(schema, path, options)).body
}

/** Like {@link request}, with the revision in the `ETag`, without its quotes and without the mark of a proxy that compressed the response. Empty without an `ETag`. */
export async function requestWithRevision<Schema extends z.ZodMiniType>(
  schema: Schema,
  path: string,
  options: RequestOptions = {},
): Promise<{ body: z.infer<Schema>; revision: string }> {
  for (;;) {
    const { status, body, headers } = await sendRequest(path, options)
    if (status < 400) {
      const tag = headers.get('etag') ?? ''
      return { body: z.parse(schema, body), revision: tag.replace(/^W\//, '').replaceAll('"', '') }
    }
    const error = apiError(status, body)
    if (!(await signInAgainIfRequired(error.detail))) throw error
  }
}

/**
 * Downloads a file. If that needs a recent sign-in, asks the person to sign in again and repeats the request.
 * @throws ApiError for an error status.
 * @throws OfflineError
 */
export async function requestFile(path: string, options: RequestOptions = {}): Promise<Blob> {
  for (;;) {
    const response = await fetchResponse(path, options)
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
