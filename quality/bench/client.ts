import { Agent, type IncomingHttpHeaders, request } from 'node:http'

export type Answer = { status: number; headers: IncomingHttpHeaders; text: string }

/** Sends requests over at most `connections` persistent connections. */
export class Client {
  readonly #agent: Agent

  /** @param localAddress the address that the server sees. */
  constructor(connections: number, localAddress?: string) {
    const from = localAddress === undefined ? {} : { localAddress }
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections, scheduling: 'fifo', ...from })
  }

  /** Posts JSON, unless the headers name another type. */
  post(url: string, body: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.#send('POST', url, body, {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      'accept-api-version': 'resource=2.1, protocol=1.0',
      ...headers,
    })
  }

  get(url: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.#send('GET', url, '', headers)
  }

  #send(method: string, url: string, body: string, headers: Record<string, string>): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const sent = request(url, { method, agent: this.#agent, headers })
      sent.once('response', (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => {
          text += chunk
        })
        response.once('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        )
        response.once('error', reject)
      })
      sent.once('error', reject)
      sent.end(body)
    })
  }

  close(): void {
    this.#agent.destroy()
  }
}
