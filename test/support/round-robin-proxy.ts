import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'

/** A proxy that sends each request to the next server that is up. */
export type RoundRobinProxy = {
  /** Scheme, host, port and context path, as of a server. */
  url: string
  stop(): void
}

/** A request whose connection was refused goes to the next server. Other failures reach the client. */
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

/** Resolves when the answer has started or the connection was refused. */
function passOn(
  { method, url: path = '', headers }: IncomingMessage,
  body: Buffer,
  outgoing: ServerResponse,
  url: string,
): Promise<'passed' | 'refused'> {
  return new Promise((resolve) => {
    // Connections are not reused, so that each request reaches only its own server.
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
