import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'

/** What stands in front of several servers: each request goes to the next one that lives. */
export type RoundRobinProxy = {
  /** Scheme, host, port and context path, as of a server. */
  url: string
  stop(): void
}

/** Whoever refuses to be connected to has not seen the request: then the next one gets it. Whatever else breaks, breaks for the client. */
export async function startProxy(servers: readonly { readonly url: string }[]): Promise<RoundRobinProxy> {
  let turn = 0
  const proxy = createServer(async (incoming, outgoing) => {
    const body = await buffer(incoming).catch(() => undefined)
    if (body === undefined) return
    for (let tried = 0; tried < servers.length; tried++) {
      const { url = '' } = servers[turn++ % servers.length] ?? {}
      if ((await passOn(incoming, body, outgoing, url)) === 'passed') return
    }
    outgoing.writeHead(503, { 'retry-after': '1', 'content-type': 'application/json' }).end('{}')
  }).listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  const address = proxy.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return {
    url: `http://127.0.0.1:${port}/am`,
    stop() {
      proxy.close()
      proxy.closeAllConnections()
    },
  }
}

/** @returns once the answer has begun, or the server refused. */
function passOn(
  { method, url: path = '', headers }: IncomingMessage,
  body: Buffer,
  outgoing: ServerResponse,
  url: string,
): Promise<'passed' | 'refused'> {
  return new Promise((resolve) => {
    // No connection is kept: a request knows no server but its own.
    const passed = request(new URL(path, url), { method, headers, agent: false })
    passed.once('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.once('error', () => outgoing.destroy())
      answer.pipe(outgoing)
      resolve('passed')
    })
    passed.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED') return resolve('refused')
      outgoing.destroy()
      resolve('passed')
    })
    outgoing.once('close', () => passed.destroy())
    passed.end(body)
  })
}
