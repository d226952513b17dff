// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of the node.
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import type { JsonObject } from '../../base/json.ts'
import { outcomesOf } from '../../engine/node-type.ts'
import { systemOutside } from '../../server/outside.ts'
import { rest } from './rest.ts'

type Seen = { method: string; url: string; headers: IncomingHttpHeaders; body: string }

let service: Server
let host: string
let seen: Seen[] = []

/** What the service answers. */
let reply: { status: number; body: string; headers?: Record<string, string> }

beforeAll(async () => {
  service = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body })
    if (request.url === '/silent') return
    response.writeHead(reply.status, reply.headers).end(reply.body)
  })
  service.listen(0, '127.0.0.1')
  await once(service, 'listening')
  host = `127.0.0.1:${(service.address() as AddressInfo).port}`
})

afterAll(() => {
  service.closeAllConnections()
  service.close()
})

beforeEach(() => {
  seen = []
  reply = { status: 200, body: '{"score":7,"risk":"high","list":[1],"who":{"id":"kim"}}' }
})

type Given = { shared?: JsonObject; transient?: JsonObject; allowed?: boolean }

async function ask(config: JsonObject, { shared = {}, transient = {}, allowed = true }: Given = {}) {
  const allowedHosts = allowed ? [host] : []
  const ran = await runNode(rest, {
    config: { restURL: `http://${host}/`, ...config },
    shared,
    transient,
    ports: {
      web: {
        secret: () => undefined,
        send({ timeoutSeconds = 10, clientCertificate, ...request }) {
          const certified = clientCertificate && { clientCertificate }
          const timeoutMs = timeoutSeconds * 1000
          return systemOutside.http({ allowedHosts, maxBodyBytes: 5000, timeoutMs, ...certified })(request)
        },
      },
    },
  })
  return { outcome: outcomeOf(ran.action), shared: ran.state.shared, log: ran.log, sent: seen[0] }
}

const failed = { outcome: 'ERROR', sent: undefined }

describe('the request', () => {
  test.each(['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD'])('%s is sent', async (requestMode) => {
    const { sent, outcome } = await ask({ requestMode, payload: '{"a":1}' })
    const hasBody = ['POST', 'PUT', 'PATCH'].includes(requestMode)
    expect(sent).toMatchObject({ method: requestMode, body: hasBody ? '{"a":1}' : '' })
    expect(outcome).toBe('NOMATCHRESPONSE')
  })

  test('has values in path, query and headers, each encoded for its place', async () => {
    const { sent } = await ask(
      {
        restURL: `http://${host}/people/\${username}/mail?from=\${from.$.app}`,
        queryParamsMap: { q: '${username}', n: '${count}' },
        headersMap: { 'X-Who': 'id ${word}' },
      },
      {
        shared: { username: 'a/b?c&d=é#', from: '{"app":"x&y"}', count: 3 },
        transient: { word: 'only; here' },
      },
    )
    expect(sent?.url).toBe(
      '/people/a%2Fb%3Fc%26d%3D%C3%A9%23/mail?from=x%26y&q=a%2Fb%3Fc%26d%3D%C3%A9%23&n=3',
    )
    expect(sent?.headers['x-who']).toBe('id only; here')
  })

  test.each([
    ['JSON', 'application/json', '{"a":"${text}","b":${text},"c":${list},"d":"x \\" ${text}"}'],
    ['XML', 'text/xml', '<a b="${text}">${list}</a>'],
    ['XWWWFORMURLENCODED', 'application/x-www-form-urlencoded', 'a=${text}&b=2'],
    ['PLAIN', 'text/plain', 'Dear ${text}'],
  ])('escapes values in a body of %s', async (bodyType, type, payload) => {
    const text = '"},&<\\é\n'
    const { sent } = await ask({ requestMode: 'POST', bodyType, payload }, { shared: { text, list: [1] } })
    expect(sent?.headers['content-type']).toBe(type)
    const { body = '' } = sent ?? {}
    const readings: Record<string, () => unknown> = {
      JSON: () => expect(JSON.parse(body)).toEqual({ a: text, b: text, c: [1], d: `x " ${text}` }),
      XML: () => expect(body).toBe('<a b="&quot;},&amp;&lt;\\é\n">[1]</a>'),
      XWWWFORMURLENCODED: () =>
        expect([...new URLSearchParams(body)]).toEqual([
          ['a', text],
          ['b', '2'],
        ]),
      PLAIN: () => expect(body).toBe(`Dear ${text}`),
    }
    readings[bodyType]?.()
  })

  test.each(['application/scim+json; charset=utf-8', 'application/x-amz-json-1.1'])(
    'escapes by the content type among the headers: %s',
    async (type) => {
      const config = { requestMode: 'POST', bodyType: 'CUSTOM', payload: '{"a":"${text}"}' }
      const headersMap = { 'Content-Type': type }
      const { sent } = await ask({ ...config, headersMap }, { shared: { text: '","admin":"' } })
      expect([sent?.headers['content-type'], sent?.body]).toEqual([type, '{"a":"\\",\\"admin\\":\\""}'])
    },
  )

  test('of a format that the server doesn’t know takes no value that could end its place', async () => {
    const headersMap = { 'Content-Type': 'a/b' }
    const config = { requestMode: 'POST', bodyType: 'CUSTOM', headersMap, payload: 'a="${text}"' }
    expect(await ask(config, { shared: { text: 'x" b="y' } })).toMatchObject(failed)
  })

  test('encodes fixed texts of parameters, except what is encoded already', async () => {
    const { sent } = await ask({ queryParamsMap: { color: '#f&f', last: 'a%20b' } })
    expect(sent?.url).toBe('/?color=%23f%26f&last=a%20b')
  })

  test('is not sent with half a placeholder', async () => {
    const restURL = `http://${host}/x/\${user.$[?(@.a=='b')].id}`
    expect(await ask({ restURL }, { shared: { user: [{ a: 'b', id: 'kim' }] } })).toMatchObject(failed)
  })

  test('has HTTP Basic credentials', async () => {
    const basic = { basicAuthn: true, basicAuthnUsername: '${name}', basicAuthnPassword: 'wörd' }
    const { sent } = await ask(basic, { shared: { name: 'app' } })
    expect(sent?.headers.authorization).toBe(`Basic ${Buffer.from('app:wörd').toString('base64')}`)
  })
})

describe('nothing is sent, and the outcome is Error, for', () => {
  const evil = {
    crlf: 'x\r\nX-Admin: 1',
    dots: '..',
    empty: '',
    colon: 'a:b',
    quote: '"}, {',
    half: '\ud800',
  }

  test.each<[string, JsonObject]>([
    ['a missing value', { queryParamsMap: { a: '${nobody}' } }],
    ['a missing part of a value', { headersMap: { a: '${dots.$.part}' } }],
    ['a line break in a header', { headersMap: { 'X-Who': '${crlf}' } }],
    ['dots as path segment', { restURL: 'http://HOST/people/${dots}/mail' }],
    ['dots that grow together', { restURL: 'http://HOST/people/.${dot}/mail' }],
    ['an empty path segment', { restURL: 'http://HOST/people/${empty}' }],
    ['half a character', { restURL: 'http://HOST/people/${half}' }],
    [
      'a colon in the username',
      { basicAuthn: true, basicAuthnUsername: '${colon}', basicAuthnPassword: 'p' },
    ],
    ['a body that is no JSON', { requestMode: 'POST', payload: '{"a": ' }],
    ['a value after half an escape', { requestMode: 'POST', payload: '{"a": "\\${quote}"}' }],
    [
      'a line break in an unknown format',
      { requestMode: 'POST', bodyType: 'CUSTOM', headersMap: { 'Content-Type': 'a/b' }, payload: '${crlf}' },
    ],
    ['mTLS without a key', { usemTLS: true, publicCert: 'x' }],
    ['mTLS over http', { usemTLS: true, publicCert: 'x', privateKey: 'y' }],
  ])('%s', async (_what, { restURL = 'http://HOST/', ...config }) => {
    const address = String(restURL).replace('HOST', host)
    const ran = await ask({ ...config, restURL: address }, { shared: { ...evil, dot: '.' } })
    expect(ran).toMatchObject(failed)
    expect(ran.log).toHaveLength(1)
    for (const value of ['X-Admin', '"}, {', 'a:b']) expect(JSON.stringify(ran.log)).not.toContain(value)
  })

  test('an address inside the network', async () => {
    expect(await ask({}, { allowed: false })).toMatchObject(failed)
  })
})

describe('the response', () => {
  test.each([
    [200, ['200', '2xx'], '200'],
    [201, ['200', '2xx'], '2xx'],
    [404, ['200', '2xx'], 'NOMATCHRESPONSE'],
    [503, ['5xx'], '5xx'],
  ])('of status %i with %j takes %s', async (status, responseCodes, outcome) => {
    reply = { status, body: '' }
    expect((await ask({ responseCodes })).outcome).toBe(outcome)
  })

  test('goes into state', async () => {
    const { shared } = await ask(
      {
        statusCodeReturn: 'status',
        bodyReturn: 'body',
        jpToSSMapper: {
          score: '$.score',
          who: '$.who',
          first: '$.list',
          'objectAttributes.sn': '$.who.id',
          'objectAttributes.telephoneNumber': '$.absent',
          old: '$.absent',
          none: '$.list[?@ > 5]',
        },
      },
      {
        shared: {
          old: 'of an earlier request',
          objectAttributes: { mail: 'kim@example.com', telephoneNumber: '1' },
        },
      },
    )
    expect(shared).toEqual({
      status: 200,
      body: reply.body,
      score: 7,
      who: '{"id":"kim"}',
      first: 1,
      none: [],
      objectAttributes: { mail: 'kim@example.com', sn: 'kim' },
    })
  })

  test.each([
    ["$[?(@.risk == 'high')]", 'Risky'],
    ["$[?(@.risk == 'low')]", '200'],
    ['$.list', 'Risky'],
    ['$.absent', '200'],
    ['$.risk', 'ERROR'],
  ])('with %s as outcome takes %s', async (path, outcome) => {
    const config = { responseCodes: ['200'], jpToOutcomeMapper: { Risky: path } }
    expect((await ask(config)).outcome).toBe(outcome)
  })

  test('that is a redirect is not followed', async () => {
    reply = { status: 302, body: '', headers: { location: `http://${host}/elsewhere` } }
    expect((await ask({ responseCodes: ['302'] })).outcome).toBe('302')
    expect(seen).toHaveLength(1)
  })

  test.each([
    ['no JSON', '<html>secret-of-kim</html>'],
    ['nothing', ''],
    ['too large', JSON.stringify({ score: 'x'.repeat(6000) })],
  ])('that is %s leads to Error and keeps no earlier value', async (_what, body) => {
    reply = { status: 200, body }
    const config = { responseCodes: ['200'], statusCodeReturn: 'status', jpToSSMapper: { score: '$.score' } }
    const { outcome, shared, log } = await ask(config, { shared: { status: 200, score: 1, other: 1 } })
    expect([outcome, shared]).toEqual(['ERROR', { other: 1 }])
    expect(JSON.stringify(log)).not.toContain('secret-of-kim')
  })

  test('that comes too late leads to Error', async () => {
    const ran = await ask({ restURL: `http://${host}/silent`, timeout: 1, responseCodes: ['200'] })
    expect([ran.outcome, ran.log]).toEqual([
      'ERROR',
      [{ level: 'warn', message: 'the web service could not be asked' }],
    ])
  })
})

describe('settings', () => {
  test('name the outcomes, each once', () => {
    const config = rest.config.parse({
      restURL: 'https://example.com',
      responseCodes: ['200', 'ERROR', '200'],
      jpToOutcomeMapper: { Risky: '$[?@.a]', 200: '$[?@.b]' },
    })
    const outcomes = outcomesOf(rest, config, { typeNamed: () => undefined, child: () => undefined })
    expect(outcomes.map(({ id }) => id)).toEqual(['200', 'Risky', 'NOMATCHRESPONSE', 'ERROR'])
  })

  test.each<[string, JsonObject]>([
    ['restURL', { restURL: 'https://${host}/' }],
    ['restURL', { restURL: '${base}/x' }],
    ['restURL', { restURL: 'https://example.com${tail}' }],
    ['restURL', { restURL: 'https://kim:word@example.com/' }],
    ['restURL', { restURL: 'file:///etc/passwd' }],
    ['headersMap', { headersMap: { 'X-A\r\nX-B': '1' } }],
    ['headersMap', { headersMap: { Host: 'inside.example.com' } }],
    ['disableCertChecks', { disableCertChecks: true }],
    ['jpToSSMapper', { jpToSSMapper: { a: 'score' } }],
    ['jpToOutcomeMapper', { jpToOutcomeMapper: { a: '$[?(@.a =~ /(a+)+/)]' } }],
  ])('%s is refused as %j', (field, config) => {
    const { error } = rest.config.safeParse({ restURL: 'https://example.com/', ...config })
    expect(error?.issues.map(({ path }) => path[0])).toEqual([field])
  })
})
