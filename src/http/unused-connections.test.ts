import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { fastify } from 'fastify'
import { expect, test } from 'vitest'
import { dropUnusedConnections } from './unused-connections.ts'

test('shuts down at once despite an unused connection', async () => {
  const app = fastify()
  dropUnusedConnections(app)
  await app.listen({ host: '127.0.0.1', port: 0 })
  // The address of a TCP server is never a pipe name.
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1')
  const dropped = once(socket, 'close')
  await Promise.all([once(socket, 'connect'), once(app.server, 'connection')])
  await app.close()
  await dropped
  expect(socket.destroyed).toBe(true)
})

test('shuts down once the last answer is written, despite a keep-alive connection', async () => {
  const app = fastify()
  dropUnusedConnections(app)
  const asked = Promise.withResolvers<void>()
  const mayAnswer = Promise.withResolvers<void>()
  app.get('/', async () => {
    asked.resolve()
    await mayAnswer.promise
    return {}
  })
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  const answer = fetch(url)
  await asked.promise
  const stopped = app.close()
  while (app.server.listening) await setImmediate()
  mayAnswer.resolve()
  expect((await answer).status).toBe(200)
  await stopped
})
