import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** An external service that scripts call: it records calls, and answers when the test allows it. */
export type OutsideServer = {
  /** `127.0.0.1:port`, for the list of allowed hosts. */
  host: string
  /** Requested paths, oldest first. */
  calls: string[]
  /** Makes calls wait for `release`. */
  hold(): void
  release(): void
  /** Resolves once there were this many calls. */
  called(count: number): Promise<void>
  stop(): Promise<void>
}

/** @param status the status of every answer */
export async function startOutside(status = 200): Promise<OutsideServer> {
  const calls: string[] = []
  let gate = Promise.resolve()
  let open = (): void => undefined
  let wake = (): void => undefined
  const server = createServer(async (request, response) => {
    calls.push(request.url ?? '')
    wake()
    await gate
    response.writeHead(status, { 'content-type': 'application/json' }).end('{"ok":true}')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    hold() {
      gate = new Promise((resolve) => {
        open = resolve
      })
    },
    release: () => open(),
    async called(count) {
      while (calls.length < count) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
    async stop() {
      open()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
