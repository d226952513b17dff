import { once } from 'node:events'
import { request as send } from 'node:http'
import { createServer, request } from 'node:https'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Certified } from './certificates.ts'

export const certificateHeader = 'x-client-cert'

/**
 * A proxy that ends TLS and sends the client's certificate on, of whatever issuer, like nginx with `optional_no_ca` and
 * `$ssl_client_escaped_cert`. It replaces the header of clients, as proxies must.
 * @param own a certificate for `localhost`
 */
export async function startCertificateProxy(target: string, own: Certified) {
  const { hostname, port } = new URL(target)
  const proxy = createServer(
    { key: keyOf(own), cert: own.pem, requestCert: true, rejectUnauthorized: false },
    async (incoming, outgoing) => {
      const { [certificateHeader]: _forged, ...headers } = incoming.headers
      // The server asked for TLS, so this is a TLS socket.
      const socket = incoming.socket as import('node:tls').TLSSocket
      const pem = socket.getPeerX509Certificate()?.toString()
      const { url, method } = incoming
      const added = pem === undefined ? {} : { [certificateHeader]: encodeURIComponent(pem) }
      const passed = send(
        { hostname, port, path: url, method, headers: { ...headers, ...added } },
        (answer) => {
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
          answer.pipe(outgoing)
        },
      )
      incoming.pipe(passed)
    },
  )
  await once(proxy.listen(0, '127.0.0.1'), 'listening')
  // The address of a TCP server is never a string.
  const { port: ownPort } = proxy.address() as AddressInfo
  return {
    /** Starts a journey as a client, with or without a certificate. */
    async start(path: string, client?: Certified, headers: Record<string, string> = {}) {
      const identity = client === undefined ? {} : { key: keyOf(client), cert: client.pem }
      const asked = request({
        host: '127.0.0.1',
        port: ownPort,
        path,
        method: 'POST',
        agent: false,
        rejectUnauthorized: false,
        headers: {
          'content-type': 'application/json',
          'accept-api-version': 'resource=2.1, protocol=1.0',
          ...headers,
        },
        ...identity,
      })
      asked.end()
      const [answer] = await once(asked, 'response')
      return { status: answer.statusCode as number, body: JSON.parse(await text(answer)) }
    },
    stop: () => new Promise((resolve) => proxy.close(resolve)),
  }
}

function keyOf({ privateKey }: Certified) {
  return privateKey.export({ type: 'pkcs8', format: 'pem' })
}
