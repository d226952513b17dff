import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { request } from 'node:http'
import { createServer } from 'node:https'

/** FAPI 2.0 accepts no other ciphers of TLS 1.2. Source: BCP 195. */
const ciphers = [
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
].join(':')

/** Ends TLS in front of the server, as a proxy does in production. @returns a function that stops it. */
export async function startFront(port: number, target: number, { key, cert }: { key: string; cert: string }) {
  const options = {
    key,
    cert,
    minVersion: 'TLSv1.2' as const,
    ciphers,
  }
  const front = createServer(options, (incoming, outgoing) => {
    const { method, url: path, headers, socket } = incoming
    const added = { 'x-forwarded-proto': 'https', 'x-forwarded-for': socket.remoteAddress ?? '' }
    const passed = request(
      { host: '127.0.0.1', port: target, method, path, headers: { ...headers, ...added } },
      (answer) => {
        // FAPI expects it of the API that a token is for, which is the server's own here.
        outgoing.setHeader('x-fapi-interaction-id', headers['x-fapi-interaction-id'] ?? randomUUID())
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(outgoing)
      },
    )
    passed.on('error', () => outgoing.destroy())
    incoming.pipe(passed)
  })
  await once(front.listen(port, '127.0.0.1'), 'listening')
  return () => {
    front.closeAllConnections()
    front.close()
  }
}
