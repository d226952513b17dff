import type { WebPort } from '../../src/nodes/ports/outside-ports.ts'
import { createHttpClient, type HttpClientOptions } from '../../src/sandbox/hosts/http-client.ts'

/** The web port of a server that may reach one private host. */
export function webPort(allowedHost: string, timeoutMs?: number): WebPort {
  const send = createHttpClient({
    allowedHosts: [allowedHost],
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  })
  return { send, secret: () => undefined }
}

/** Gets files like a server. */
export function fileClient(options: HttpClientOptions) {
  const send = createHttpClient({ ...options, encoding: 'latin1' })
  return async (url: string) => {
    const { status, body } = await send({ url, method: 'GET', headers: {} })
    return { status, bytes: Buffer.from(body, 'latin1') }
  }
}
