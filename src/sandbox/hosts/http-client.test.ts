import type { lookup as resolveName } from 'node:dns'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { HttpCallRequest } from '../host-calls.ts'
import { createHttpClient } from './http-client.ts'

let server: Server
let port: number
const seen: { url: string; method: string; headers: NodeJS.Dict<string | string[]>; body: string }[] = []

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    seen.push({ url: request.url ?? '', method: request.method ?? '', headers: request.headers, body })
    const path = request.url ?? ''
    if (path === '/slow') return
    if (path === '/large') return void response.end('x'.repeat(3000))
    if (path === '/loop') return void response.writeHead(302, { location: '/loop' }).end()
    if (path === '/away')
      return void response.writeHead(307, { location: `http://localhost:${port}/there` }).end()
    if (path === '/see-other') return void response.writeHead(303, { location: '/there' }).end()
    response.writeHead(200, { 'x-list': ['a', 'b'] }).end('answer')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on a port has an AddressInfo.
  port = (server.address() as AddressInfo).port
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const get = (url: string, more: Partial<HttpCallRequest> = {}): HttpCallRequest => ({
  url,
  method: 'GET',
  headers: {},
  ...more,
})

describe('with isStatusOnly', () => {
  const client = () =>
    createHttpClient({ allowedHosts: [`127.0.0.1:${port}`], isStatusOnly: true, maxBodyBytes: 1000 })

  test('does not follow a redirect', async () => {
    const before = seen.length
    expect(await client()(get(`http://127.0.0.1:${port}/away`))).toMatchObject({ status: 307 })
    expect(seen).toHaveLength(before + 1)
  })

  test('cuts off a body that is too large', async () => {
    const answer = await client()(get(`http://127.0.0.1:${port}/large`))
    expect(answer.status).toBe(200)
    expect(answer.body.length).toBeLessThanOrEqual(1000)
  })
})

describe('the fence', () => {
  const client = createHttpClient()

  test.each([
    '127.0.0.1',
    'localhost',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '2130706433',
    '0x7f.1',
    '0',
    '169.254.169.254',
  ])('refuses %s without sending a byte', async (host) => {
    const before = seen.length
    await expect(client(get(`http://${host}:${port}/`))).rejects.toMatchObject({ code: 403 })
    expect(seen).toHaveLength(before)
  })

  test.each(['file:///etc/passwd', 'ftp://example.com/', 'data:text/plain,x', 'javascript:1'])(
    'refuses %s',
    async (url) => {
      await expect(client(get(url))).rejects.toMatchObject({ code: 403 })
    },
  )

  test('refuses an invalid URL and an unknown client configuration', async () => {
    await expect(client(get('nonsense'))).rejects.toMatchObject({ code: 400 })
    await expect(client(get('http://x.example', { clientName: 'c' }))).rejects.toMatchObject({ code: 400 })
  })

  test('checks the address that the socket connects to, against DNS rebinding', async () => {
    let asked = 0
    // The client uses only one overload of the real function.
    const rebinding = ((_name: string, _options: object, done: (error: null, all: object[]) => void) => {
      asked++
      done(null, [{ address: '127.0.0.1', family: 4 }])
    }) as typeof resolveName
    const fenced = createHttpClient({ lookup: rebinding })
    await expect(fenced(get(`http://rebind.example:${port}/`))).rejects.toMatchObject({ code: 403 })
    expect(asked).toBe(1)
  })

  /** An attacker's resolver, which returns these addresses for every name. */
  const answering = (...addresses: string[]) =>
    ((_name: string, _options: object, done: (error: null, all: object[]) => void) => {
      const families = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
      done(null, families)
    }) as typeof resolveName

  test.each([
    ['the metadata service', ['169.254.169.254']],
    ['the metadata service by IPv6', ['fd00:ec2::254']],
    ['a private IPv4 address mapped to IPv6', ['::ffff:10.0.0.1']],
    ['the metadata service behind NAT64', ['64:ff9b::a9fe:a9fe']],
    ['a private address among public ones', ['8.8.8.8', '127.0.0.1']],
    ['no address', []],
  ])('refuses a name that resolves to %s without sending a byte', async (_what, addresses) => {
    const before = seen.length
    const fenced = createHttpClient({ lookup: answering(...addresses) })
    const code = addresses.length === 0 ? 502 : 403
    await expect(fenced(get(`http://hostile.example:${port}/`))).rejects.toMatchObject({ code })
    expect(seen).toHaveLength(before)
  })

  test('resolves and checks the target of a redirect again', async () => {
    const before = seen.length
    const fenced = createHttpClient({ allowedHosts: ['127.0.0.1'], lookup: answering('127.0.0.1') })
    await expect(fenced(get(`http://127.0.0.1:${port}/away`))).rejects.toMatchObject({ code: 403 })
    // Only the first host got a request.
    expect(seen).toHaveLength(before + 1)
  })

  test('allows listed hosts, with or without their port', async () => {
    for (const allowed of ['127.0.0.1', `127.0.0.1:${port}`]) {
      const listed = createHttpClient({ allowedHosts: [allowed] })
      expect((await listed(get(`http://127.0.0.1:${port}/`))).status).toBe(200)
      await expect(listed(get(`http://localhost:${port}/`))).rejects.toMatchObject({ code: 403 })
    }
    const other = createHttpClient({ allowedHosts: ['127.0.0.1:1'] })
    await expect(other(get(`http://127.0.0.1:${port}/`))).rejects.toMatchObject({ code: 403 })
  })

  test('refuses a redirect to a host that is not listed', async () => {
    const listed = createHttpClient({ allowedHosts: ['127.0.0.1'] })
    await expect(listed(get(`http://127.0.0.1:${port}/away`))).rejects.toMatchObject({ code: 403 })
  })
})

describe('a request', () => {
  const client = createHttpClient({
    allowedHosts: ['127.0.0.1', 'localhost'],
    timeoutMs: 300,
    maxBodyBytes: 2000,
  })

  test('sends method, headers, body and the transaction id', async () => {
    const response = await client(
      get(`http://127.0.0.1:${port}/p`, { method: 'POST', headers: { A: 'b', Host: 'evil' }, body: 'héllo' }),
      'tx-1',
    )
    expect(response).toMatchObject({
      status: 200,
      statusText: 'OK',
      body: 'answer',
      headers: { 'x-list': ['a', 'b'] },
    })
    expect(seen.at(-1)).toMatchObject({
      method: 'POST',
      body: 'héllo',
      headers: { a: 'b', host: `127.0.0.1:${port}`, 'x-forgerock-transactionid': 'tx-1' },
    })
  })

  test('drops secrets when a redirect changes the origin, and turns 303 into GET', async () => {
    const headers = { Authorization: 'Bearer t', X: 'y' }
    await client(get(`http://127.0.0.1:${port}/away`, { method: 'POST', headers, body: 'b' }))
    expect(seen.at(-1)).toMatchObject({ url: '/there', method: 'POST', body: 'b', headers: { x: 'y' } })
    expect(seen.at(-1)?.headers).not.toHaveProperty('authorization')
    await client(get(`http://127.0.0.1:${port}/see-other`, { method: 'POST', headers, body: 'b' }))
    expect(seen.at(-1)).toMatchObject({ method: 'GET', body: '', headers: { authorization: 'Bearer t' } })
  })

  test.each([
    ['/slow', 504, 'within 300 ms'],
    ['/large', 502, 'larger than 2000 bytes'],
    ['/loop', 502, 'too many redirects'],
  ])('%s fails with %d', async (path, code, message) => {
    await expect(client(get(`http://127.0.0.1:${port}${path}`))).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    })
  })

  test('reports a refused connection to the script', async () => {
    await expect(client(get('http://127.0.0.1:1/'))).rejects.toMatchObject({
      name: 'HostCallError',
      code: 502,
    })
  })
})
