import type { WebPort } from '../../src/nodes/ports/outside-ports.ts'
import { createHttpClient } from '../../src/sandbox/hosts/http-client.ts'

/** The web port of a server that may reach one private host. */
export function webPort(allowedHost: string, timeoutMs?: number): WebPort {
  const send = createHttpClient({
    allowedHosts: [allowedHost],
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  })
  return { send, secret: () => undefined }
}
