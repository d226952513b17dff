import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'

/**
 * Drops unused connections at shutdown. Browsers open connections in advance, and Node counts a connection without a request as
 * busy, so shutdown would wait for its timeout. Busy connections are closed after their response, because Node closes idle
 * connections only once.
 */
export function dropUnusedConnections(app: FastifyInstance): void {
  const open = new Set<Socket>()
  let isClosing = false
  app.server.on('connection', (socket: Socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
  })
  app.addHook('preClose', async () => {
    isClosing = true
    for (const socket of open) if (socket.bytesRead === 0) socket.destroy()
  })
  app.addHook('onResponse', async () => {
    if (isClosing) app.server.closeIdleConnections()
  })
}
