import { once } from 'node:events'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { fastify } from 'fastify'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { boundConnections } from './connection-bounds.ts'

const perAddress = 2

let app: ReturnType<typeof fastify>
let port: number
const sockets: Socket[] = []

beforeEach(() => {
  app = fastify()
})
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await app.close()
})

async function listen(trustedProxies: string[]): Promise<void> {
  boundConnections(app, { perAddress, trustedProxies })
  await app.listen({ host: '127.0.0.1', port: 0 })
  // The address of a TCP server is never a pipe name.
  port = (app.server.address() as AddressInfo).port
}

async function open(): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  sockets.push(socket)
  await Promise.all([once(socket, 'connect'), once(app.server, 'connection')])
  return socket
}

test('refuses connections above the limit of an address with 429 until another one closes', async () => {
  await listen([])
  const first = await open()
  await open()
  const answer = await text(await open())
  expect(answer).toContain('HTTP/1.1 429 Too Many Requests')
  expect(answer).toContain('"message":"Too many connections are open from this address"')
  first.destroy()
  await expect
    .poll(async () => {
      const socket = await open()
      socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')
      return (await text(socket)).split('\r\n')[0]
    })
    .toBe('HTTP/1.1 404 Not Found')
})

test.each([['127.0.0.1'], ['127.0.0.0/8']])('does not limit the trusted proxy %s', async (proxy) => {
  await listen([proxy])
  for (let count = 0; count <= perAddress; count++) await open()
  const socket = await open()
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')
  expect(await text(socket)).toContain('HTTP/1.1 404 Not Found')
})
