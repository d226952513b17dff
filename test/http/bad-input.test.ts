import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rawPost, rawRequest } from '../support/raw-request.ts'
import { adminPassword, startServer, type TestServer } from '../support/start-server.ts'
import { answerStep, authenticate, filledIn, signIn, startJourney, stepOf } from '../support/wire.ts'

let server: TestServer
let url: string
const path = '/am/json/realms/root/realms/alpha/authenticate'

beforeAll(async () => {
  server = await startServer()
  url = server.url
})

afterAll(() => server.stop())

/** Expects an error in AM's format with this status and without internals. */
function expectError(text: string, status: number): void {
  const body = JSON.parse(text)
  expect(body).toMatchObject({ code: status, reason: expect.any(String), message: expect.any(String) })
  expect(Object.keys(body).filter((name) => !['code', 'reason', 'message', 'detail'].includes(name))).toEqual(
    [],
  )
  expect(text).not.toMatch(/\bat .*:\d+:\d+|node_modules|\.ts\b|Zod|SQLITE|undefined/)
}

async function post(body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}, at = path) {
  const response = await fetch(new URL(at, url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  })
  return { status: response.status, text: await response.text(), headers: response.headers }
}

async function expectRejected(answer: Promise<{ status: number; text: string }>, status: number) {
  const { status: got, text } = await answer
  expect(got, text).toBe(status)
  expectError(text, status)
}

describe('a body', () => {
  test('of ten megabytes is too large', async () => {
    await expectRejected(post(`{"a":"${'x'.repeat(10_000_000)}"}`), 413)
  })

  test('of twelve megabytes is read to its end, so that its client gets the answer', async () => {
    const length = 12_000_000
    const head = [`POST ${path} HTTP/1.1`, `Host: ${new URL(url).host}`, 'Content-Type: application/json']
    const request = [...head, `Content-Length: ${length}`, '', 'x'.repeat(length)].join('\r\n')
    const next = [...head, 'Content-Length: 0', 'Connection: close', '', ''].join('\r\n')
    const answer = await rawRequest(url, request + next)
    expect(answer.status).toBe(413)
    // The connection is still in step: the request that follows is a sign-in.
    expect(answer.body).toMatch(/HTTP\/1.1 200 OK.*"authId"/s)
  })

  test('of ten megabytes without a length is too large', async () => {
    const chunk = new TextEncoder().encode('x'.repeat(100_000))
    let left = 100
    const body = new ReadableStream({
      pull(controller) {
        if (left-- > 0) controller.enqueue(chunk)
        else controller.close()
      },
    })
    const answer = await fetch(new URL(path, url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      duplex: 'half',
    } as RequestInit).then(
      (response) => response.status,
      // The server closes without reading the rest.
      () => 413,
    )
    expect(answer).toBe(413)
  })

  test.each([
    ['lists', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['objects', `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`],
    ['lists that never close', '['.repeat(100_000)],
    ['lists in callbacks', `{"authId":"x","callbacks":${'['.repeat(200)}${']'.repeat(200)}}`],
  ])('of deeply nested %s is rejected', async (_name, body) => {
    await expectRejected(post(body), 400)
  })

  test.each([
    '{',
    '{"a":1}}',
    "{'a':1}",
    'undefined',
    'NaN',
    'a=b',
    '<xml/>',
    '{"authId":"a","authId":}',
    '"\\ud800',
    '\u0000',
    '{"a":\u0001}',
  ])('that is not JSON is rejected: %j', async (body) => {
    await expectRejected(post(body), 400)
  })

  test('that is not UTF-8 causes a client error', async () => {
    const { status, text } = await post(new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]))
    expect(status).toBe(400)
    expectError(text, 400)
  })

  test.each(['[]', '[{"authId":"x"}]', '"text"', '7', 'true', 'null'])(
    'that is not an object is rejected: %s',
    async (body) => {
      await expectRejected(post(body), 400)
    },
  )

  test.each([
    '{"__proto__":{"authId":"x"}}',
    '{"authId":"x","callbacks":[{"type":"NameCallback","__proto__":{}}]}',
    '{"a":[{"b":{"__proto__":1}}]}',
  ])('with a member __proto__ is rejected: %s', async (body) => {
    await expectRejected(post(body), 400)
    expect({}).not.toHaveProperty('authId')
  })

  test.each(['constructor', 'prototype', 'toString', 'hasOwnProperty'])(
    'with a member %s starts a journey as usual',
    async (name) => {
      expect((await post(`{"${name}":{"prototype":{"polluted":1}}}`)).status).toBe(200)
      expect({}).not.toHaveProperty('polluted')
    },
  )

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'text/html',
    'application/xml',
    'multipart/form-data; boundary=x',
    'application/jsonp',
    'nonsense',
  ])('of the type %s is rejected', async (type) => {
    await expectRejected(post('{"a":1}', { 'content-type': type }), 415)
  })

  test.each(['application/json; charset=utf-8', 'APPLICATION/JSON', 'application/json;charset=UTF-8'])(
    'of the type %s is accepted',
    async (type) => {
      expect((await post('{}', { 'content-type': type })).status).toBe(200)
    },
  )
})

describe('a step', () => {
  const valid = async () => stepOf(await startJourney(url, 'Login'))

  test.each([7, null, {}, [], true])('with the authId %j is rejected', async (authId) => {
    const refused = await authenticate(url, { body: { ...(await valid()), authId } })
    expect(refused.status).toBe(400)
    expect(refused.body).toMatchObject({ message: 'authId: authId must be a string' })
  })

  test.each([
    [null],
    [{}],
    ['NameCallback'],
    [7],
    [[null, null]],
    [[[], []]],
    [['NameCallback', 'PasswordCallback']],
    [[{}, {}]],
    [[{ type: 7 }, { type: null }]],
    [
      [
        { type: 'NameCallback', input: 'x' },
        { type: 'PasswordCallback', input: {} },
      ],
    ],
    [
      [
        { type: 'NameCallback', input: [null] },
        { type: 'PasswordCallback', input: [{}] },
      ],
    ],
    [[{ type: 'NameCallback', input: [{ name: 7, value: 'x' }] }, { type: 'PasswordCallback' }]],
    [[{ type: '__proto__' }, { type: 'constructor' }]],
    [Array(100_000).fill({ type: 'NameCallback' }).slice(0, 20_000)],
  ])('with the callbacks %j is rejected, and the right ones still count', async (callbacks) => {
    const step = await valid()
    const refused = await authenticate(url, { body: { ...step, callbacks } })
    expect(refused.status).toBe(400)
    expectError(JSON.stringify(refused.body), 400)
    const end = await authenticate(url, { body: filledIn(step, 'alex', 'Alex-Pass-2026') })
    expect(end.status).toBe(200)
  })

  test('with misnamed or surplus inputs is read by position or rejected, without a sign-in', async () => {
    const step = await valid()
    const callbacks = [
      {
        type: 'NameCallback',
        input: [
          { name: 'IDToken2', value: 'alex' },
          { name: 'x', value: 'y' },
        ],
      },
      { type: 'PasswordCallback', input: [{ name: 'IDToken1', value: 'Alex-Pass-2026' }, { name: 'x' }] },
    ]
    const answer = await authenticate(url, { body: { ...step, callbacks } })
    expect(answer.body).not.toHaveProperty('tokenId')
    expect(answer.status).toBeLessThan(500)
  })

  test('with very long or odd answers is a failed sign-in', async () => {
    const odd = ['x'.repeat(200_000), '\u0000', '\ud800', '%s%n', "' OR 1=1 --", '{{7*7}}', '🦊'.repeat(1000)]
    for (const value of odd) {
      const end = await answerStep(url, await startJourney(url, 'PlatformLogin'), [value, value])
      expect(end.status, value.slice(0, 10)).toBe(401)
      expectError(JSON.stringify(end.body), 401)
    }
  })
})

describe('a path', () => {
  test.each([
    '/am/json/realms/root/realms/beta/authenticate',
    '/am/json/realms/root/realms/alpha/realms/x/authenticate',
    '/am/json/realms/root/realms/ALPHA/authenticate',
    '/am/json/realms/root/realms/alpha%00/authenticate',
    '/am/json/realms/root/realms/%E0%A4%A/authenticate',
    '/am/json/realms/root/realms/..%2F..%2Fetc/authenticate',
    '/am/json/realms/root/realms/__proto__/authenticate',
    '/am/json/realms/root/realms//authenticate',
    '/am/json/authenticate?realm=/beta',
    '/am/json/authenticate?realm=%00',
    `/am/json/realms/root/realms/${'x'.repeat(600)}/authenticate`,
    `/am/json${'/realms/x'.repeat(500)}/authenticate`,
  ])('to an unknown realm is not found: %s', async (at) => {
    const { status, body } = await rawPost(url, at)
    expect([400, 404, 414]).toContain(status)
    expectError(body, status)
  })

  test.each([
    '/am/json/realms/root/realms/alpha/authenticate/more',
    '/am/json/realms/root/realms/alpha/',
    '/am/json/',
    '/am/json',
    '/am',
    '/',
    '//am/json/realms/root/authenticate',
    '/am/json/../json/realms/root/authenticate',
    '/am/json/realms/root/realms/alpha/authenticate%2F',
    '/%',
    '/am/json/%zz/authenticate',
    '/am/json/realms/root/realms/alpha/authenticat\u00e9',
    '*',
  ])('without a resource is not found: %s', async (at) => {
    const { status, body } = await rawPost(url, at)
    expect([400, 404]).toContain(status)
    expectError(body, status)
  })

  test('can have a malformed query', async () => {
    for (const query of [
      '?',
      '?&&',
      '?=',
      '?authIndexValue=x',
      '?%',
      '?a=%ZZ',
      '?a[]=1&a[b]=2',
      '?a=1&a=2#x',
    ]) {
      const { status, body } = await rawPost(url, path + query)
      expect(status, query).toBe(200)
      expect(JSON.parse(body)).toHaveProperty('authId')
    }
  })

  test('with two values of a parameter uses the first', async () => {
    const query = '?authIndexType=service&authIndexValue=PlatformLogin&authIndexValue=Nowhere'
    expect((await rawPost(url, path + query)).status).toBe(200)
  })

  test.each(['GET', 'PUT', 'PATCH', 'DELETE'])('doesn’t allow %s', async (method) => {
    const response = await fetch(new URL(path, url), { method })
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('POST')
    expectError(await response.text(), 405)
  })

  test('tells its methods to OPTIONS', async () => {
    const response = await fetch(new URL(path, url), { method: 'OPTIONS' })
    expect(response.status).toBe(204)
    expect(response.headers.get('allow')).toBe('POST, OPTIONS')
  })

  test.each(['TRACE', 'QUERY', 'PROPFIND'])('knows no method %s', async (method) => {
    const ask = (at: string) =>
      rawRequest(url, `${method} ${at} HTTP/1.1\r\nHost: ${new URL(url).host}\r\nConnection: close\r\n\r\n`)
    const known = await ask(path)
    expect(known.status).toBe(405)
    expect(known.head).toMatch(/^allow: POST$/im)
    for (const at of ['/am/json/nowhere/at', '/am/XUI/', '/am/oauth2/access_token']) {
      const unknown = await ask(at)
      expect(unknown.status, at).toBe(501)
      expectError(unknown.body, 501)
    }
  })

  test('is found in a target with scheme and host, whose host counts', async () => {
    const ask = (target: string, host: string) =>
      rawRequest(
        url,
        `POST ${target} HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
      )
    const { origin, host } = new URL(url)
    const { status, body } = await ask(`${origin}${path}`, 'evil.example.net')
    expect(status).toBe(200)
    expect(body).toContain('authId')
    expect((await ask(`http://evil.example.net${path}`, host)).status).toBe(400)
    expect((await ask(`${origin}?x`, host)).status).toBe(404)
  })
})

describe('headers', () => {
  test('of more than 16 KB are rejected', async () => {
    const { status, body } = await rawPost(url, path, [`X-Big: ${'x'.repeat(40_000)}`])
    expect(status).toBe(431)
    expectError(body, 431)
  })

  test('by the thousand are rejected', async () => {
    const many = Array.from({ length: 5000 }, (_, count) => `X-${count}: y`)
    const { status, body } = await rawPost(url, path, many)
    expect(status).toBe(431)
    expectError(body, 431)
  })

  test('with an unknown host are rejected', async () => {
    const request = `POST ${path} HTTP/1.1\r\nHost: evil.example.net\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`
    const { status, body } = await rawRequest(url, request)
    expect(status).toBe(400)
    expectError(body, 400)
  })

  test('with two hosts are rejected, also with the same', async () => {
    const { host } = new URL(url)
    for (const second of ['evil.example.net', host]) {
      const { status, body } = await rawPost(url, path, [`Host: ${second}`])
      expect(status).toBe(400)
      expectError(body, 400)
    }
  })

  test('without a host are rejected', async () => {
    const request = `POST ${path} HTTP/1.1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`
    const { status, body } = await rawRequest(url, request)
    expect(status).toBe(400)
    expectError(body, 400)
  })

  test.each([
    'nonsense\r\n\r\n',
    `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -1\r\n\r\n`,
    `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: a\u0001b\r\nContent-Length: 0\r\n\r\n`,
  ])('that violate HTTP are rejected: %j', async (request) => {
    const { status, body } = await rawRequest(url, request)
    expect(status).toBe(400)
    expectError(body, 400)
  })

  test.each([
    ['cookie', `iPlanetDirectoryPro=; =; ;;; __proto__=x; a=%ZZ; ${'c=d; '.repeat(1000)}`],
    ['iplanetdirectorypro', 'x'.repeat(8000)],
    ['accept-api-version', 'resource=999, protocol=nonsense'],
    ['accept-language', `${'de-DE-x,'.repeat(1000)};q=9`],
    ['prefer', 'wait=99999999999999999999, wait="x"'],
    ['x-forgerock-transactionid', 'x'.repeat(4000)],
    ['x-openam-username', '=?UTF-8?B?////?= =?x?y?z?='],
    ['authorization', 'Bearer nonsense'],
    ['if-match', '*'],
  ])('with an odd value of %s do no harm', async (name, value) => {
    const { status } = await post('', { [name]: value })
    expect(status).toBe(200)
  })
})

test('a refused session is asked for by a scheme that opens no window in browsers', async () => {
  const { headers } = await fetch(`${url}/json/realms/root/rights`)
  expect(headers.get('www-authenticate')).toBe('Session')
})

test('null is no body, so it starts nothing that an empty body would', async () => {
  const iplanetdirectorypro = await signIn(url, 'amadmin', adminPassword, '/')
  const at = '/am/json/realms/root/realms/alpha/realm-config/oauth-keys'
  const keys = async () => (await fetch(new URL(at, url), { headers: { iplanetdirectorypro } })).text()
  const before = await keys()
  await expectRejected(post('null', { iplanetdirectorypro }, `${at}?_action=rotate`), 400)
  expect(await keys()).toBe(before)
})

test('these requests logged no error, and the next sign-in works', async () => {
  expect(await signIn(url, 'alex', 'Alex-Pass-2026')).toEqual(expect.any(String))
  const failed = server
    .logged()
    .split('\n')
    .filter((line) => /"level":(50|60)/.test(line))
  expect(failed).toEqual([])
})
