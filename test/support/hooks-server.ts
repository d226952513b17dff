import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { createHttpClient } from '../../src/sandbox/hosts/http-client.ts'
import type { Certified } from './certificates.ts'

type Asked = { method: string; url: string; headers: IncomingHttpHeaders; body: string }

/**
 * An HTTP server on this machine that records requests and sends the answers that a test sets.
 * @param certified for `localhost`, makes it one of https.
 */
export async function startHooks(certified?: Certified) {
  const requests: Asked[] = []
  const answer: { status: number; headers?: Record<string, string> } = { status: 200 }
  let wake = (): void => undefined
  const listener: RequestListener = async (request, response) => {
    const { method = '', url = '', headers } = request
    const body = Buffer.concat(await request.toArray()).toString()
    requests.push({ method, url, headers, body })
    wake()
    response.writeHead(answer.status, answer.headers).end()
  }
  const server =
    certified === undefined
      ? createServer(listener)
      : createSecureServer(
          { key: certified.privateKey.export({ type: 'pkcs8', format: 'pem' }), cert: certified.pem },
          listener,
        )
  await once(server.listen(0, '127.0.0.1'), 'listening')
  // A TCP server's address is never the name of a pipe.
  const { port } = server.address() as AddressInfo
  const host = `${certified === undefined ? '127.0.0.1' : 'localhost'}:${port}`
  return {
    /** `host:port`, for the list of those who may be called. */
    host,
    requests,
    answer,
    /** Calls as the server does that lists this host. */
    send: createHttpClient({ allowedHosts: [host], isStatusOnly: true }),
    /** Calls as one that lists none: public addresses alone. */
    sendFenced: createHttpClient({ isStatusOnly: true }),
    /** Resolves once there were so many calls, with the last of them. */
    async asked(count: number): Promise<Asked> {
      while (requests.length < count) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      return requests[count - 1] as Asked
    },
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
