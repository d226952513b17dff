import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { createHttpClient } from '../../src/sandbox/hosts/http-client.ts'
import type { Certified } from './certificates.ts'

type ReceivedRequest = { method: string; url: string; headers: IncomingHttpHeaders; body: string }

/**
 * A local HTTP server that records requests and sends the answers that a test sets.
 * @param certified a certificate for `localhost`, for HTTPS
 */
export async function startHooks(certified?: Certified) {
  const requests: ReceivedRequest[] = []
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
  // The address of a TCP server is never a string.
  const { port } = server.address() as AddressInfo
  const host = `${certified === undefined ? '127.0.0.1' : 'localhost'}:${port}`
  return {
    /** `host:port`, for the list of allowed hosts. */
    host,
    requests,
    answer,
    /** Sends calls like a server that allows this host. */
    send: createHttpClient({ allowedHosts: [host], isStatusOnly: true }),
    /** Sends calls like a server that allows only public addresses. */
    sendFenced: createHttpClient({ isStatusOnly: true }),
    /** Resolves with the last call once there are `count`. */
    async asked(count: number): Promise<ReceivedRequest> {
      while (requests.length < count) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      return requests[count - 1] as ReceivedRequest
    },
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
