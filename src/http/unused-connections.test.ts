import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { fastify } from 'fastify'
import { expect, test } from 'vitest'
import { dropUnusedConnections } from './unused-connections.ts'

test('a server stops at once although a connection was opened and never used', async () => {
  const app = fastify()
  dropUnusedConnections(app)
  await app.listen({ host: '127.0.0.1', port: 0 })
  // A TCP server's address is never the name of a pipe.
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1')
  const dropped = once(socket, 'close')
  await Promise.all([once(socket, 'connect'), once(app.server, 'connection')])
  await app.close()
  await dropped
  expect(socket.destroyed).toBe(true)
})
