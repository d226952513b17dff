import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * The redirect address of an identity provider, on its own port. It redirects to a target that the test sets.
 * Playwright's routing can't do this, because not every Chromium reports redirects to it.
 */
export async function startReturnAddress() {
  let onward = (parameters: URLSearchParams): string => `about:blank?${parameters}`
  const server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '/', 'http://localhost')
    response.writeHead(302, { location: onward(searchParams) }).end()
  })
  await once(server.listen(0, 'localhost'), 'listening')
  // The address of a TCP server is never a string.
  const { port } = server.address() as AddressInfo
  return {
    url: `http://localhost:${port}/signed-in`,
    /** @param to the target, from the provider's parameters. */
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
