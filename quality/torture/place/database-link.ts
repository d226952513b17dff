import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** The connection from one server to its database, which can be cut. */
export type DatabaseLink = { url: string; cut(): void; mend(): void; close(): void }

export async function openLink(databaseUrl: string): Promise<DatabaseLink> {
  const there = new URL(databaseUrl)
  const open = new Set<Socket>()
  let isCut = false
  const link = createServer((near) => {
    if (isCut) return near.destroy()
    const far = connect(Number(there.port), there.hostname)
    for (const [one, other] of [[near, far] as const, [far, near] as const]) {
      open.add(one)
      one.on('error', () => undefined)
      one.once('close', () => {
        open.delete(one)
        other.destroy()
      })
      one.pipe(other)
    }
    return undefined
  }).listen(0, '127.0.0.1')
  await once(link, 'listening')
  const address = link.address()
  const url = new URL(databaseUrl)
  url.port = typeof address === 'object' ? String(address?.port) : ''
  const cut = () => {
    isCut = true
    for (const socket of open) socket.destroy()
  }
  return {
    url: url.href,
    cut,
    mend() {
      isCut = false
    },
    close() {
      cut()
      link.close()
    },
  }
}
