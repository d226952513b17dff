import { once } from 'node:events'
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import { request as httpsRequest } from 'node:https'
import { Transform } from 'node:stream'
import { type HttpExchange, realmOf } from './heard-request.ts'
import { type Addresses, forwardedHeaders, replaceAddress, returnedHeaders } from './rewritten-addresses.ts'

/** Bytes of a body that is read as a whole. */
const maxBody = 4 * 1024 * 1024

const withAddresses = /^(text\/(html|css|javascript|plain)|application\/([\w.+-]*\+)?(json|javascript))\b/

type ProxyOptions = {
  /** Scheme, host and port. The proxy sends requests to no other. */
  origin: string
  now(): number
  /** Called for each authenticate request, after its response has been read. */
  onExchange(exchange: HttpExchange): void
  /** Called with a sentence for a request that could not be forwarded or heard. */
  onProblem(problem: string): void
}

/** A proxy on this machine in front of one server. It hears authenticate requests. */
export class RecordingProxy {
  readonly #options: ProxyOptions
  readonly #server: Server
  #addresses: Addresses | undefined

  private constructor(options: ProxyOptions) {
    this.#options = options
    this.#server = createServer((incoming, outgoing) => {
      this.#forward(incoming, outgoing).catch((error: unknown) => this.#fail(outgoing, error))
    })
    this.#server.on('connect', (_incoming, socket) => socket.destroy())
    this.#server.on('upgrade', (_incoming, socket) => socket.destroy())
  }

  static async start(options: ProxyOptions): Promise<RecordingProxy> {
    const proxy = new RecordingProxy(options)
    proxy.#server.listen(0, '127.0.0.1')
    await once(proxy.#server, 'listening')
    const address = proxy.#server.address()
    const port = typeof address === 'object' ? address?.port : undefined
    proxy.#addresses = { server: options.origin, proxy: `http://127.0.0.1:${port}` }
    return proxy
  }

  /** Scheme, host and port. */
  get url(): string {
    return this.#addresses?.proxy ?? ''
  }

  async close(): Promise<void> {
    this.#server.close()
    this.#server.closeAllConnections()
    await once(this.#server, 'close')
  }

  async #forward(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const addresses = this.#addressesFor(incoming)
    if (addresses === undefined) return refuse(outgoing, 421, 'This proxy is used by its own address only.')
    const path = replaceAddress(incoming.url ?? '/', addresses.proxy, addresses.server)
    // An absolute URL, or two slashes, would name another server.
    const url = path.startsWith('/') && !/^\/[/\\]/.test(path) ? URL.parse(path, addresses.server) : null
    if (url?.origin !== addresses.server) return refuse(outgoing, 400, 'The request needs a path.')
    const isHeard = incoming.method === 'POST' && realmOf(url) !== undefined
    if (!isHeard) {
      await this.#pass(incoming, outgoing, url, addresses)
      return
    }
    const body = await textOf(incoming)
    if (body === undefined) {
      this.#options.onProblem('A request was larger than 4 MB, so it was refused and not recorded.')
      return refuse(outgoing, 413, 'The request is larger than 4 MB.')
    }
    await this.#hear(incoming, outgoing, { url, body, addresses })
  }

  /** The proxy by the name that the browser uses. Other names are not answered: they would be pages of other sites. */
  #addressesFor({ headers: { host = '' } }: IncomingMessage): Addresses | undefined {
    const port = new URL(this.url).port
    const isOwn = host === `127.0.0.1:${port}` || host === `localhost:${port}`
    return isOwn ? { server: this.#options.origin, proxy: `http://${host}` } : undefined
  }

  async #hear(
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    { url, body, addresses }: { url: URL; body: string; addresses: Addresses },
  ): Promise<void> {
    const at = this.#options.now()
    const sent = replaceAddress(body, addresses.proxy, addresses.server)
    const answer = await this.#send(incoming, url, addresses, sent)
    const responseBody = await textOf(answer)
    const { statusCode: status = 502, headers } = answer
    outgoing.writeHead(status, returnedHeaders(headers, addresses))
    outgoing.end(replaceAddress(responseBody ?? '', addresses.server, addresses.proxy))
    this.#options.onExchange({
      at,
      method: 'POST',
      url,
      headers: plainHeaders(incoming),
      body: sent,
      status,
      setCookies: headers['set-cookie'] ?? [],
      responseBody,
    })
  }

  /** Forwards a request without hearing it. */
  async #pass(
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    url: URL,
    addresses: Addresses,
  ): Promise<void> {
    const answer = await this.#send(incoming, url, addresses)
    const type = answer.headers['content-type'] ?? ''
    outgoing.writeHead(answer.statusCode ?? 502, returnedHeaders(answer.headers, addresses))
    answer.once('error', () => outgoing.destroy())
    outgoing.once('close', () => answer.destroy())
    if (type.startsWith('text/event-stream')) answer.pipe(lines(addresses)).pipe(outgoing)
    else if (!withAddresses.test(type)) answer.pipe(outgoing)
    else outgoing.end(replaceAddress((await textOf(answer)) ?? '', addresses.server, addresses.proxy))
  }

  /** @param body undefined: the body of the request as it arrives. */
  #send(incoming: IncomingMessage, url: URL, addresses: Addresses, body?: string): Promise<IncomingMessage> {
    const open = url.protocol === 'https:' ? httpsRequest : httpRequest
    const headers = forwardedHeaders(incoming.headers, addresses)
    return new Promise((resolve, reject) => {
      const forwarded = open(url, { method: incoming.method, headers }, resolve)
      forwarded.once('error', reject)
      incoming.once('close', () => {
        if (!incoming.complete) forwarded.destroy()
      })
      if (body === undefined) incoming.pipe(forwarded)
      else forwarded.end(body)
    })
  }

  #fail(outgoing: ServerResponse, error: unknown): void {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
    this.#options.onProblem(`${this.#options.origin} did not answer a request (${code}).`)
    if (outgoing.headersSent) outgoing.destroy()
    else refuse(outgoing, 502, 'The server did not answer.')
  }
}

function refuse(outgoing: ServerResponse, code: number, message: string): void {
  outgoing.writeHead(code, { 'content-type': 'application/json', connection: 'close' })
  outgoing.end(JSON.stringify({ code, message }))
}

function plainHeaders({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  )
}

/** Undefined for a body that is too large. */
async function textOf(message: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of message) {
    length += part.length
    if (length > maxBody) return undefined
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

/** Replaces addresses in a stream of lines, such as a live feed. */
function lines({ server, proxy }: Addresses): Transform {
  let rest = ''
  return new Transform({
    transform(chunk, _encoding, done) {
      const text = rest + String(chunk)
      const end = text.lastIndexOf('\n') + 1
      rest = text.slice(end)
      done(null, replaceAddress(text.slice(0, end), server, proxy))
    },
    flush(done) {
      done(null, replaceAddress(rest, server, proxy))
    },
  })
}
