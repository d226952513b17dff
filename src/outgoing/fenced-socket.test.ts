import type { lookup } from 'node:dns'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { FenceError, fencedSocket, fencedTlsSocket } from './fenced-socket.ts'

let server: Server
let port: number
let connections = 0

beforeAll(async () => {
  server = createServer((socket) => {
    connections++
    socket.destroy()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  port = (server.address() as AddressInfo).port
})

afterAll(() => server.close())

const fence = (...allowed: string[]) => ({ allowed, setting: 'SIDEGATE_LDAP_ALLOW' })

/** @returns the error of a connection, or the address that was reached. */
async function outcome(open: () => ReturnType<typeof fencedSocket>): Promise<unknown> {
  try {
    const socket = open()
    await once(socket, 'connect')
    const { remoteAddress } = socket
    socket.destroy()
    return remoteAddress
  } catch (error) {
    return error
  }
}

test.each(['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '2130706433', '0x7f.1', '169.254.169.254', '::1'])(
  'refuses %s before it connects, over TCP and TLS',
  async (host) => {
    const before = connections
    expect(await outcome(() => fencedSocket(fence(), { host, port }))).toBeInstanceOf(FenceError)
    expect(await outcome(() => fencedTlsSocket(fence(), { host, port }))).toBeInstanceOf(FenceError)
    expect(connections).toBe(before)
  },
)

test('gives the same error for open and closed ports', async () => {
  const message = async (at: number) =>
    String(await outcome(() => fencedSocket(fence(), { host: '127.0.0.1', port: at }))).replace(
      `:${at} `,
      ':N ',
    )
  expect(await message(port)).toBe(await message(1))
})

test('connects to listed hosts, on all ports or the listed one', async () => {
  const at = (host: string, ...allowed: string[]) =>
    outcome(() => fencedSocket(fence(...allowed), { host, port }))
  expect(await at('127.0.0.1', '127.0.0.1')).toBe('127.0.0.1')
  expect(await at('127.0.0.1', `127.0.0.1:${port}`)).toBe('127.0.0.1')
  expect(await at('LocalHost', `localhost:${port}`)).toBe('127.0.0.1')
  expect(await at('127.0.0.1', `127.0.0.1:${port + 1}`)).toBeInstanceOf(FenceError)
  expect(await at('127.0.0.1', 'localhost')).toBeInstanceOf(FenceError)
})

test('refuses a name if any of its addresses is private', async () => {
  const resolve = ((_host: string, _options: object, done: (error: null, all: object[]) => void) =>
    done(null, [
      { address: '93.184.216.34', family: 4 },
      { address: '10.0.0.1', family: 4 },
    ])) as unknown as typeof lookup
  const error = await outcome(() =>
    fencedSocket({ ...fence(), resolve }, { host: 'mixed.example.com', port }),
  )
  expect(error).toBeInstanceOf(FenceError)
})
