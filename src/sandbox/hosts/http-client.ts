import { lookup as resolveName } from 'node:dns'
import type { IncomingMessage } from 'node:http'
import { fencedLookup } from '../../outgoing/address-fence.ts'
import type { HostCalls, HttpCallRequest, HttpCallResponse } from '../host-calls.ts'
import { HostCallError } from '../script-engine.ts'

const MAX_REDIRECTS = 5

const redirects = new Set([301, 302, 303, 307, 308])

/** Headers of the connection, which scripts can't set. */
const reserved = new Set('host connection content-length transfer-encoding upgrade te trailer'.split(' '))

/** Headers that are dropped when a redirect leads to another origin. */
const confidential = new Set(['authorization', 'cookie', 'proxy-authorization'])

export type HttpClientOptions = {
  /** `host` or `host:port` with a private address that is allowed. */
  allowedHosts?: readonly string[]
  timeoutMs?: number
  maxBodyBytes?: number
  /** For callers that need only the status: redirects are not followed, and bodies are cut off at the maximum. */
  isStatusOnly?: boolean
  /** Of bodies. `latin1` keeps every byte. */
  encoding?: 'utf8' | 'latin1'
  /** In PEM, for mTLS. With it, only https is spoken. */
  clientCertificate?: { cert: string; key: string }
  /** Replaces name resolution in tests. */
  lookup?: typeof resolveName
}

/** No answer, although the connection was open, so that the other server may have got the request. */
class UnansweredError extends HostCallError {
  readonly isUnsure = true
}

/** @param transactionId sent as `X-ForgeRock-TransactionId`. @throws HostCallError for every failure. */
export type ScriptHttpClient = (
  request: HttpCallRequest,
  transactionId?: string,
) => Promise<HostCalls['httpClient.send']['answer']>

type Settings = Required<Omit<HttpClientOptions, 'clientCertificate'>> &
  Pick<HttpClientOptions, 'clientCertificate'>

/** `connected`: called when the request can be written. */
type Exchange = { signal: AbortSignal; connected(): void }

/**
 * Sends HTTP requests of scripts, but only to public addresses and listed hosts. The address is checked when the socket
 * connects, so a name can't change between check and use.
 */
export function createHttpClient(options: HttpClientOptions = {}): ScriptHttpClient {
  const settings: Settings = {
    allowedHosts: [],
    timeoutMs: 10_000,
    maxBodyBytes: 1 << 20,
    isStatusOnly: false,
    encoding: 'utf8',
    lookup: resolveName,
    ...options,
  }
  return async (request, transactionId) => {
    if (request.clientName !== undefined) {
      throw new HostCallError(`HTTP client ${request.clientName} is not configured`, 400)
    }
    const headers = headersOf(request)
    if (transactionId !== undefined) headers['X-ForgeRock-TransactionId'] = transactionId
    const signal = AbortSignal.timeout(settings.timeoutMs)
    let isConnected = false
    const connected = () => {
      isConnected = true
    }
    try {
      return await follow({ ...request, headers }, settings, { signal, connected })
    } catch (error) {
      if (error instanceof HostCallError) throw error
      const reason = signal.aborted ? `no answer within ${settings.timeoutMs} ms` : messageOf(error)
      const Problem = isConnected ? UnansweredError : HostCallError
      throw new Problem(`HTTP request failed: ${reason}`, signal.aborted ? 504 : 502)
    }
  }
}

async function follow(
  request: HttpCallRequest,
  settings: Settings,
  exchange: Exchange,
): Promise<HttpCallResponse> {
  let current = request
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    const url = targetOf(current.url)
    if (settings.clientCertificate !== undefined && url.protocol !== 'https:') {
      throw new HostCallError('HTTP request refused: a client certificate needs https', 403)
    }
    const response = await send(url, current, settings, exchange)
    const location = response.headers.location
    const isRedirect = redirects.has(response.statusCode ?? 0) && location !== undefined
    if (!isRedirect || settings.isStatusOnly || request.redirect === 'manual') return read(response, settings)
    response.destroy()
    current = redirected(current, url, new URL(location, url), response.statusCode)
  }
  throw new HostCallError('HTTP request failed: too many redirects', 502)
}

function targetOf(text: string): URL {
  const url = URL.parse(text)
  if (url === null) throw new HostCallError('HTTP request refused: not a valid URL', 400)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new HostCallError(`HTTP request refused: ${url.protocol} is not allowed`, 403)
  }
  return url
}

async function send(
  url: URL,
  request: HttpCallRequest,
  settings: Settings,
  { signal, connected }: Exchange,
): Promise<IncomingMessage> {
  // Here, because such an import also loads the client behind `fetch`: a thirtieth of the time of a start.
  const { request: open } = await (url.protocol === 'https:' ? import('node:https') : import('node:http'))
  const { allowedHosts } = settings
  const isListed = allowedHosts.includes(url.hostname) || allowedHosts.includes(url.host)
  const lookup = fencedLookup({
    host: url.hostname.replace(/^\[|\]$/g, ''),
    isListed,
    refusal: () => refusal(url.hostname),
    resolve: settings.lookup,
  })
  const { method, body } = request
  const length = body === undefined ? {} : { 'Content-Length': `${Buffer.byteLength(body)}` }
  const headers = { ...request.headers, ...length }
  return new Promise((resolve, reject) => {
    // Without an agent, because a reused connection would bypass the check of the address.
    const options = {
      method,
      headers,
      signal,
      agent: false as const,
      lookup,
      ...settings.clientCertificate,
    }
    const outgoing = open(url, options, resolve)
    outgoing.on('error', reject)
    outgoing.on('socket', (socket) => {
      socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', connected)
    })
    outgoing.end(body)
  })
}

function refusal(hostname: string): Error {
  return new HostCallError(
    `HTTP request refused: ${hostname} is not a host that scripts may reach; SIDEGATE_HTTP_ALLOW adds one`,
    403,
  )
}

/** The request after a redirect. As in browsers, 303 and a redirected POST become GET. */
function redirected(request: HttpCallRequest, from: URL, to: URL, status = 0): HttpCallRequest {
  const turnsIntoGet = status === 303 || (status < 303 && request.method === 'POST')
  const dropped = (name: string) =>
    (turnsIntoGet && name.toLowerCase() === 'content-type') ||
    (from.origin !== to.origin && confidential.has(name.toLowerCase()))
  const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !dropped(name)))
  if (turnsIntoGet) return { url: to.href, method: 'GET', headers }
  return { ...request, url: to.href, headers }
}

async function read(response: IncomingMessage, settings: Settings): Promise<HttpCallResponse> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response) {
    size += chunk.length
    if (size > settings.maxBodyBytes) {
      response.destroy()
      if (settings.isStatusOnly) break
      throw new HostCallError(`HTTP response is larger than ${settings.maxBodyBytes} bytes`, 502)
    }
    chunks.push(chunk)
  }
  const headers: Record<string, string[]> = {}
  for (const [name, values] of Object.entries(response.headersDistinct)) if (values) headers[name] = values
  const { statusCode = 0, statusMessage = '' } = response
  return {
    status: statusCode,
    statusText: statusMessage,
    headers,
    body: Buffer.concat(chunks).toString(settings.encoding),
  }
}

function headersOf({ headers }: HttpCallRequest): Record<string, string> {
  const allowed = Object.entries(headers).filter(([name]) => !reserved.has(name.toLowerCase()))
  return Object.fromEntries(allowed)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
