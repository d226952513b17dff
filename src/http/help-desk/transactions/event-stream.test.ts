import { once } from 'node:events'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { fastify } from 'fastify'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openEventStream } from './event-stream.ts'

const app = fastify()
const responded: string[] = []
let opened: Socket | undefined
let port = 0

app.addHook('onResponse', async ({ url }, { statusCode }) => {
  responded.push(`${statusCode} ${url}`)
})
app.get('/stream', async (_request, reply) => {
  // As in a server, where finding the transaction takes a moment.
  await Promise.resolve()
  reply.header('x-common', 'yes')
  opened = openEventStream(reply)
})
app.get('/injected', async (request, reply) => {
  reply.header('x-id', new URL(request.url, 'http://localhost').searchParams.get('id'))
  opened = openEventStream(reply)
})
app.get('/other', () => 'other')

const openConnections = new Set<Socket>()
app.server.on('connection', (socket: Socket) => {
  openConnections.add(socket)
  socket.once('close', () => openConnections.delete(socket))
})

beforeAll(async () => {
  await app.listen({ port: 0, host: '127.0.0.1' })
  port = (app.server.address() as AddressInfo).port
})
beforeEach(() => {
  responded.length = 0
  opened = undefined
})
afterAll(() => app.close())

const requestOf = (path: string, method = 'GET') => `${method} ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`

async function send(request: string): Promise<Socket> {
  const client = connect(port, '127.0.0.1')
  client.setEncoding('utf8').write(request)
  return client
}

async function openStream() {
  const client = await send(requestOf('/stream'))
  const [head] = await once(client, 'data')
  const stream = opened
  if (stream === undefined) throw new Error('the stream is not open')
  return { client, stream, head: String(head) }
}

test('a stream has the headers of its reply, and ends with its connection', async () => {
  const { client, stream, head } = await openStream()
  expect(head).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
  for (const line of ['x-common: yes', 'content-type: text/event-stream', 'cache-control: no-store'])
    expect(head).toContain(`\r\n${line}\r\n`)
  stream.end('id: 1\n\n')
  expect(await text(client)).toBe('id: 1\n\n')
})

test('an open stream keeps neither parser nor listeners of the HTTP server', async () => {
  const { client, stream } = await openStream()
  // If this fails with a new version of Node, open feeds take three times the memory.
  expect(Reflect.get(stream, 'parser')).toBeNull()
  const names = stream.eventNames().flatMap((event) => stream.rawListeners(event).map(({ name }) => name))
  expect(names.filter((name) => name.startsWith('bound '))).toEqual([])
  expect(responded).toEqual(['200 /stream'])
  client.destroy()
  await once(stream, 'close')
})

test('a stream notices that its client has left, and so do the limits on connections', async () => {
  const connected = once(app.server, 'connection')
  const { client, stream } = await openStream()
  const [connection] = await connected
  expect(connection).toBe(stream)
  expect(openConnections.has(stream)).toBe(true)
  client.end()
  await once(stream, 'close')
  expect(openConnections.has(stream)).toBe(false)
})

test('a further request on the connection of a stream gets no response', async () => {
  const { client, stream } = await openStream()
  const received = text(client)
  client.write(requestOf('/other'))
  stream.write('id: 1\n\n')
  // The request has arrived before the client's end.
  client.end()
  expect(await received).toBe('id: 1\n\n')
  expect(responded).toEqual(['200 /stream'])
})

test('a client that sends its next request before the stream is open is disconnected', async () => {
  const client = await send(requestOf('/stream') + requestOf('/other'))
  client.on('error', () => undefined)
  expect(await text(client)).not.toContain('text/event-stream')
})

test('a HEAD request gets only the headers', async () => {
  const client = await send(requestOf('/stream', 'HEAD'))
  expect(await text(client)).toMatch(/text\/event-stream[\s\S]*\r\n\r\n$/)
  expect(opened).toBeUndefined()
})

test('a header with a line break opens no stream', async () => {
  const client = await send(requestOf('/injected?id=a%0d%0aset-cookie:b'))
  const [answer] = await once(client, 'data')
  expect(String(answer)).toMatch(/^HTTP\/1\.1 500 /)
  expect(String(answer)).not.toContain('set-cookie')
  client.destroy()
})
