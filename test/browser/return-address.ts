import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * Where an identity provider sends people back to, on a port of its own: on from there they go where the test says. The
 * browser's own routing is of no use for it, as not every Chromium asks it about redirects.
 */
export async function startReturnAddress() {
  let onward = (parameters: URLSearchParams): string => `about:blank?${parameters}`
  const server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '/', 'http://localhost')
    response.writeHead(302, { location: onward(searchParams) }).end()
  })
  await once(server.listen(0, 'localhost'), 'listening')
  // A TCP server's address is never the name of a pipe.
  const { port } = server.address() as AddressInfo
  return {
    url: `http://localhost:${port}/signed-in`,
    /** @param to from the parameters that the provider gave. */
    leadsTo(to: (parameters: URLSearchParams) => string): void {
      onward = to
    },
    async stop(): Promise<void> {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
