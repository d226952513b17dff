import { once } from 'node:events'
import { createConnection, createServer, type Socket } from 'node:net'

/** The fate of commits, with which their connections break: the database gets them or not. */
type Fate = 'unanswered' | 'lost'

/** Stands between a server and its PostgreSQL, on a free port of the loopback interface. */
export type DatabaseProxy = {
  url: string
  /** Passes nothing on, in both directions, until `resume`. */
  hang(): void
  resume(): void
  /** @returns a function that lets commits pass again. */
  breakCommits(fate: Fate): () => void
  stop(): void
}

/** A message "Query" with the text `commit`. Source: PostgreSQL documentation, "Message Formats". */
const commit = Buffer.from('Q\0\0\0\x0bcommit\0', 'latin1')

export async function startDatabaseProxy(databaseUrl: string): Promise<DatabaseProxy> {
  const target = new URL(databaseUrl)
  const sockets = new Set<Socket>()
  let isHanging = false
  let fate: Fate | undefined

  function kept(socket: Socket): Socket {
    sockets.add(socket)
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket))
    if (isHanging) socket.pause()
    return socket
  }

  const proxy = createServer((near) => {
    const far = kept(createConnection(Number(target.port), target.hostname))
    let isBroken = false
    const end = () => {
      near.destroy()
      far.destroy()
    }
    kept(near).on('data', (sent: Buffer) => {
      isBroken ||= fate !== undefined && sent.includes(commit)
      if (isBroken && fate === 'lost') end()
      else far.write(sent)
    })
    // The answer to the commit ends the connection instead of reaching the server.
    far.on('data', (answer: Buffer) => (isBroken ? end() : void near.write(answer)))
    near.on('close', end)
    far.on('close', end)
  }).listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  const address = proxy.address()
  const url = new URL(databaseUrl)
  url.port = String(typeof address === 'object' ? address?.port : '')
  return {
    url: url.href,
    hang() {
      isHanging = true
      for (const socket of sockets) socket.pause()
    },
    resume() {
      isHanging = false
      for (const socket of sockets) socket.resume()
    },
    breakCommits(to) {
      fate = to
      return () => {
        fate = undefined
      }
    },
    stop() {
      proxy.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}
