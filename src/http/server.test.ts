import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { defined } from '../base/defined.ts'
import { OperationError } from '../base/errors.ts'
import { noFailures } from '../people/identity.ts'
import { type Realm, realmSettingsSchema } from '../realms/realm.ts'
import { newSession } from '../sessions/sessions.ts'
import { trustedBaseUrl } from './guards/trusted-host.ts'
import { plainPageFrame } from './plain-page.ts'
import { byAction, type Call, type Route } from './route.ts'
import { buildServer } from './server.ts'
import { missingPage } from './start-page.ts'

const app = 'https://app.example.com'
const settings = realmSettingsSchema.parse({})
const realms: Record<string, Realm> = {
  '/': { path: '/', isActive: true, aliases: [], settings },
  '/alpha': {
    path: '/alpha',
    isActive: true,
    aliases: [],
    settings: { ...settings, corsOrigins: [app], corsHeaders: ['x-tenant'] },
  },
  '/gone': { path: '/gone', isActive: false, aliases: [], settings },
}

const route = (path: string, handle: Route['handle'], more: Partial<Route> = {}) =>
  ({
    method: 'POST',
    path,
    access: 'everyone',
    side: 'both',
    summary: '',
    handle,
    ...more,
  }) as Route

const echo = ({ realm, params, query, body, baseUrl, correlationId }: Call) => ({
  body: { realm: realm.path, params, q: query.get('q'), body: body ?? null, baseUrl, correlationId },
})

const routes: Route[] = [
  route('authenticate', echo, { bodyLimitBytes: 1_048_576 }),
  route('scripts/:id', echo, { method: 'GET' }),
  route('scripts/:id', byAction({ greet: () => ({ body: {} }) })),
  route('users', () => ({ body: {} }), { access: 'administrator' }),
  route('users', () => ({ body: {} }), { access: 'administrator', method: 'GET' }),
  route('sessions', async (call) => ({ body: { who: (await call.session())?.session.username ?? null } })),
  route('journey-sessions', () => ({ body: {} }), { access: 'backchannel' }),
  route('/openidm/managed/:type', echo, { method: 'GET' }),
  route(
    'health/:what',
    ({ params }) => {
      if (params.what === 'database') throw new OperationError('connection refused at db.internal')
      if (params.what === 'defect') throw new Error('undefined is not a secret')
      return { stream: (reply) => void reply.type('text/plain').send('streamed') }
    },
    { bodyLimitBytes: 2048 },
  ),
  route('/openidm/managed/:type', echo, { method: 'DELETE' }),
]

let lines: Record<string, unknown>[]
let server: ReturnType<typeof buildServer>
let roles: string[]

beforeEach(() => {
  lines = []
  roles = ['admin']
  server = build()
})

type Options = Parameters<typeof buildServer>[0]

function build({ plugins = [], ...more }: Pick<Options, 'baseUrl' | 'missingPage' | 'plugins'> = {}) {
  return buildServer({
    ...more,
    routes,
    now: () => 0,
    log: pino({}, { write: (line: string) => void lines.push(JSON.parse(line)) }),
    findRealm: async (path) => (Object.hasOwn(realms, path) ? realms[path] : undefined),
    findSession: async (token) => sessions[token],
    verifyBearer: async (_realm, token) => bearers[token],
    verifyAdminBearer: async () => undefined,
    readIdentity: async (realm, id) => ({
      id,
      realm,
      rev: 1,
      kind: 'user',
      userName: 'amadmin',
      isActive: true,
      attributes: {},
      mustChangePassword: false,
      createdAt: 0,
      roles,
      failures: noFailures,
    }),
    plugins: [
      async (scope) => {
        const at = '/am/oauth2/:realm/access_token'
        scope.post(at, { config: { side: 'both' } }, async ({ body }) => ({ body }))
      },
      ...plugins,
    ],
  })
}
afterEach(() => server.close())

const sessions: Record<string, ReturnType<typeof newSession>['session']> = {}
for (const realm of ['/', '/alpha']) {
  sessions[`token${realm}`] = newSession(
    {
      realm,
      identity: { id: 'id-1', userName: 'amadmin' },
      journey: 'Login',
      authLevel: 0,
      properties: {},
      maxIdleMinutes: 30,
      maxSessionMinutes: 120,
    },
    0,
  ).session
}
const bearers: Record<string, { clientId: string; scopes: string[] }> = {
  good: { clientId: 'desk', scopes: ['back_channel_authentication'] },
  narrow: { clientId: 'desk', scopes: [] },
}

const json = { 'content-type': 'application/json' }
const post = (url: string, payload: string | undefined = undefined, headers: Record<string, string> = json) =>
  server.inject({ method: 'POST', url, headers, ...defined({ payload }) })
const get = (url: string, headers: Record<string, string> = {}) =>
  server.inject({ method: 'GET', url, headers })

test.each([
  '/am/json/realms/root/realms/alpha/authenticate?q=1',
  '/am/json/realms/alpha/authenticate?q=1',
  '/am/json/alpha/authenticate/?q=1',
  '/am/json/authenticate?q=1&realm=alpha',
])('finds the realm of %s', async (url) => {
  expect((await post(url)).json()).toMatchObject({ realm: '/alpha', params: {}, q: '1', body: null })
})

test('decodes path parameters once', async () => {
  const answer = await get('/am/json/realms/root/scripts/a%2Fb%20c%25')
  expect(answer.json().params).toEqual({ id: 'a/b c%' })
})

test('serves paths outside /am/json in the root realm, with and without the context path', async () => {
  expect((await get('/openidm/managed/alpha_user')).json()).toMatchObject({ realm: '/' })
  expect((await get('/am/openidm/managed/alpha_user')).json().params).toEqual({ type: 'alpha_user' })
})

test.each(['/nowhere', '/gone', '/__proto__'])('answers 404 for the realm %s', async (realm) => {
  const answer = await post(`/am/json${realm}/authenticate`)
  expect(answer.json()).toEqual({ code: 404, reason: 'Not Found', message: 'Realm not found' })
})

test('sends the headers of AM with every answer', async () => {
  const answer = await post('/am/json/authenticate', '{}', {
    ...json,
    'x-forgerock-transactionid': 'frodo-1',
  })
  expect(answer.headers).toMatchObject({
    'cache-control': 'no-store',
    'content-api-version': 'resource=1.0',
    'content-type': 'application/json;charset=UTF-8',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'SAMEORIGIN',
    'x-forgerock-transactionid': 'frodo-1',
  })
  expect(answer.json().correlationId).toBe('frodo-1')
})

test('replaces a transaction id that could break a log line', async () => {
  const answer = await post('/am/json/authenticate', '{}', { ...json, 'x-forgerock-transactionid': 'a b' })
  expect(answer.headers['x-forgerock-transactionid']).toMatch(/^[0-9a-f-]{36}$/)
})

test.each([
  [
    'a body of 10 MB',
    JSON.stringify('x'.repeat(10_000_000)),
    json,
    413,
    'The request body must not be larger than 1024 KB',
  ],
  [
    'deep JSON',
    '['.repeat(100_000) + ']'.repeat(100_000),
    json,
    400,
    'The request body is nested deeper than 64 levels',
  ],
  [
    'a __proto__ member',
    '{"a":[{"__proto__":{"admin":true}}]}',
    json,
    400,
    'The request body must not have a member named __proto__',
  ],
  [
    'an escaped __proto__ member',
    '{"\\u005f_proto__":1}',
    json,
    400,
    'The request body must not have a member named __proto__',
  ],
  [
    'no JSON',
    '{"password":"secret',
    json,
    400,
    'The request could not be processed because the provided content is not valid JSON',
  ],
  ['text', 'a=b', { 'content-type': 'text/plain' }, 415, 'Unsupported Media Type'],
  ['a form', 'a=b', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'Unsupported Media Type'],
  ['no content type', 'a=b', {}, 415, 'Unsupported Media Type'],
])('refuses %s', async (_what, payload, headers, code, message) => {
  const answer = await post('/am/json/authenticate', payload, headers)
  expect(answer.statusCode).toBe(code)
  expect(answer.json()).toMatchObject({ code, message })
})

test.each([{ ...json }, { 'content-type': 'application/json; charset=UTF-8' }, {}])(
  'an empty body is fine with %o',
  async (headers) => {
    expect((await post('/am/json/authenticate', '', headers)).json()).toMatchObject({ body: null })
  },
)

test('answers 404 for an unknown path and 405 with the allowed methods for a wrong method', async () => {
  expect((await get('/am/json/authenticat')).json()).toEqual({
    code: 404,
    reason: 'Not Found',
    message: 'Not Found',
  })
  const answer = await server.inject({ method: 'PUT', url: '/am/json/scripts/1' })
  expect(answer.json()).toEqual({ code: 405, reason: 'Method Not Allowed', message: 'Method Not Allowed' })
  expect(answer.headers.allow).toBe('GET, POST')
})

test('answers 400 without an action and 501 for an unknown action', async () => {
  expect((await post('/am/json/scripts/1')).statusCode).toBe(400)
  expect((await post('/am/json/scripts/1?_action=toString')).json()).toMatchObject({
    code: 501,
    message: 'Action toString not implemented for this resource',
  })
  expect((await post('/am/json/scripts/1?_action=greet')).statusCode).toBe(200)
})

test('answers 503 with a retry delay for an outage and 500 for a defect; only the log has the cause', async () => {
  const away = await post('/am/json/health/database')
  expect(away.json()).toEqual({ code: 503, reason: 'Service Unavailable', message: 'Service Unavailable' })
  expect(away.headers['retry-after']).toBe('5')
  const defect = await post('/am/json/health/defect')
  expect(defect.json()).toEqual({
    code: 500,
    reason: 'Internal Server Error',
    message: 'Internal Server Error',
  })
  expect(JSON.stringify(lines)).toContain('connection refused')
  expect(lines.find(({ level }) => level === 50)).toHaveProperty('correlationId')
})

test('answers 400 for an invalid escape in a path', async () => {
  expect((await get('/am/json/scripts/%zz')).json()).toMatchObject({ code: 400 })
})

test('lets a handler write the raw reply', async () => {
  expect((await post('/am/json/health/feed')).body).toBe('streamed')
})

test('refuses headers that are too large, with AM’s error body', async () => {
  const address = await server.listen({ port: 0, host: '127.0.0.1' })
  const answer = await fetch(`${address}/am/json/authenticate`, {
    method: 'POST',
    headers: { 'x-large': 'x'.repeat(20_000) },
  })
  expect(answer.status).toBe(431)
  expect(await answer.json()).toEqual({
    code: 431,
    reason: 'Request Header Fields Too Large',
    message: 'Request Header Fields Too Large',
  })
})

test('gives plugins their own routes and body parsers', async () => {
  const answer = await post('/am/oauth2/alpha/access_token', '{"a":1}')
  expect(answer.json()).toEqual({ body: { a: 1 } })
})

test('logs one line per request with route and status, without query, path values or tokens', async () => {
  await get('/am/json/realms/alpha/scripts/s3cret?q=s3cret', { iplanetdirectorypro: 's3cret' })
  const [line, ...more] = lines
  expect(more).toEqual([])
  expect(line).toMatchObject({ method: 'GET', route: '/am/json/@/:realmPath/scripts/:id', status: 200 })
  expect(JSON.stringify(line)).not.toContain('s3cret')
})

test('requires a session of the root realm with the role admin for administration', async () => {
  expect((await get('/am/json/users')).json()).toEqual({
    code: 401,
    reason: 'Unauthorized',
    message: 'Access Denied',
  })
  expect((await get('/am/json/users', { iplanetdirectorypro: 'token/alpha' })).statusCode).toBe(403)
  expect((await get('/am/json/users', { iplanetdirectorypro: 'token/' })).statusCode).toBe(200)
  expect((await get('/am/json/users', { cookie: 'a=b; iPlanetDirectoryPro=token%2F' })).statusCode).toBe(200)
  roles = []
  expect((await get('/am/json/users', { iplanetdirectorypro: 'token/' })).json()).toMatchObject({
    code: 403,
    message: 'Forbidden',
  })
})

test('requires a bearer token with the scope for the backchannel', async () => {
  const call = (authorization: string) => post('/am/json/journey-sessions', '{}', { ...json, authorization })
  expect((await post('/am/json/journey-sessions')).statusCode).toBe(401)
  expect((await call('Bearer wrong')).statusCode).toBe(401)
  expect((await call('Basic good')).statusCode).toBe(401)
  expect((await call('Bearer narrow')).statusCode).toBe(403)
  expect((await call('bearer good')).statusCode).toBe(200)
})

test('refuses a write by cookie alone, since another site may have caused it', async () => {
  const cookie = 'iPlanetDirectoryPro=token/'
  for (const path of ['users', 'sessions']) {
    const url = `/am/json/${path}`
    expect((await post(url, undefined, { cookie })).statusCode).toBe(403)
    expect((await post(url, '', { cookie, 'content-type': 'text/plain' })).statusCode).toBe(403)
    expect((await post(url, '{}', { cookie, ...json })).statusCode).toBe(200)
    expect((await post(url, undefined, { cookie, 'x-requested-with': 'x' })).statusCode).toBe(200)
    expect((await post(url, undefined, { cookie, 'accept-api-version': 'resource=1.0' })).statusCode).toBe(
      200,
    )
    expect((await post(url, undefined, { iplanetdirectorypro: 'token/' })).statusCode).toBe(200)
  }
})

test('lets allowed origins read answers, errors included', async () => {
  const url = '/am/json/realms/alpha/authenticate'
  for (const payload of ['{}', '{']) {
    const { headers } = await post(url, payload, { ...json, origin: app })
    expect(headers).toMatchObject({
      'access-control-allow-origin': app,
      'access-control-allow-credentials': 'true',
      vary: 'Origin',
    })
  }
  const denied = await get('/am/json/realms/alpha/users', { origin: app })
  expect(denied.statusCode).toBe(401)
  expect(denied.headers['access-control-allow-origin']).toBe(app)
})

test.each(['https://evil.example.com', 'https://app.example.com.evil.com', 'null'])(
  'the origin %s gets no permission',
  async (origin) => {
    const answer = await post('/am/json/realms/alpha/authenticate', '{}', { ...json, origin })
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin')
    expect(answer.headers.vary).toBe('Origin')
  },
)

describe('a preflight', () => {
  /** Sends the preflight request that a browser sends for an SDK. */
  const ask = (realm: string, names: string) =>
    server.inject({
      method: 'OPTIONS',
      url: `/am/json/realms/${realm}/authenticate`,
      headers: {
        origin: app,
        'access-control-request-method': 'POST',
        'access-control-request-headers': names,
      },
    })
  const sdkHeaders = 'accept-api-version,content-type,x-requested-platform,x-requested-with'

  /** The headers that the preflight response doesn't allow. */
  const blocked = async (realm: string, names: string) => {
    const { statusCode, headers } = await ask(realm, names)
    expect(statusCode).toBe(204)
    const allowed = String(headers['access-control-allow-headers'] ?? '').split(',')
    return names.split(',').filter((name) => !allowed.includes(name))
  }

  test('allows the SDK headers for origins of the realm only', async () => {
    expect(await blocked('alpha', sdkHeaders)).toEqual([])
    const other = await ask('root', sdkHeaders)
    expect(other.statusCode).toBe(204)
    expect(other.headers).not.toHaveProperty('access-control-allow-origin')
    expect(other.headers).not.toHaveProperty('access-control-allow-headers')
  })

  test('allows the headers in the realm settings', async () => {
    expect(await blocked('alpha', `${sdkHeaders},x-tenant`)).toEqual([])
    expect(await blocked('alpha', `${sdkHeaders},x-other`)).toEqual(['x-other'])
  })
})

test.each(['evil.example.com', 'localhost.evil.com', '127.0.0.1.evil.com', 'evil@localhost'])(
  'the host %s is not believed',
  async (host) => {
    const answer = await post('/am/json/authenticate', '{}', { ...json, host })
    expect(answer.json()).toMatchObject({ code: 400, reason: 'Bad Request' })
  },
)

test('prefers the configured base URL to any Host header', () => {
  expect(trustedBaseUrl({ baseUrl: 'https://sso.example.com/' }, 'http', 'evil.example.com')).toBe(
    'https://sso.example.com/am',
  )
  expect(trustedBaseUrl({ baseUrl: 'https://sso.example.com/am' }, 'http', undefined)).toBe(
    'https://sso.example.com/am',
  )
  expect(() => trustedBaseUrl({}, 'http', undefined)).toThrow('Host header')
})

test.each(['localhost:8080', '127.0.0.1', '[::1]:8080', 'desk.localhost'])(
  'the loopback host %s makes the base of links',
  async (host) => {
    const answer = await post('/am/json/authenticate', '{}', { ...json, host })
    expect(answer.json().baseUrl).toBe(`http://${host}/am`)
  },
)

test.each([
  ['a route for everybody', '/am/json/sessions', 64],
  ['a route with a limit of its own', '/am/json/health/live', 2],
])('%s refuses a body above its limit with 413', async (_what, url, kilobytes) => {
  const answer = await post(url, JSON.stringify('x'.repeat(kilobytes * 1024)))
  expect(answer.json()).toEqual({
    code: 413,
    reason: 'Payload Too Large',
    message: `The request body must not be larger than ${kilobytes} KB`,
  })
})

test('lets staff send more, and refuses calls without a session before it reads the body', async () => {
  const large = JSON.stringify('x'.repeat(200 * 1024))
  expect((await post('/am/json/users', large)).statusCode).toBe(401)
  expect((await post('/am/json/users', large, { ...json, iplanetdirectorypro: 'token/' })).statusCode).toBe(
    200,
  )
})

test('accepts an empty object for methods without a body', async () => {
  const remove = (payload: string) =>
    server.inject({ method: 'DELETE', url: '/openidm/managed/a', headers: json, payload })
  expect((await remove('{}')).statusCode).toBe(200)
  expect((await remove(JSON.stringify('x'.repeat(1024)))).json()).toMatchObject({ code: 413 })
})

test.each([
  [undefined, undefined],
  ['http://sso.example.com', undefined],
  ['https://sso.example.com', 'max-age=31536000; includeSubDomains'],
])('with the base URL %s, sends the transport policy %s', async (baseUrl, policy) => {
  await server.close()
  server = build({ baseUrl })
  for (const url of ['/am/json/authenticate', '/nothing']) {
    expect((await post(url)).headers['strict-transport-security']).toBe(policy)
  }
})

test('an address that does not exist stays a 404 while the pages are not built', async () => {
  const unbuilt = build({ missingPage: missingPage(plainPageFrame(import.meta.dirname)) })
  const headers = { host: 'localhost', accept: 'text/html,application/xhtml+xml' }
  const answer = await unbuilt.inject({ url: '/nope', headers })
  await unbuilt.close()
  expect([answer.statusCode, answer.json()]).toEqual([404, expect.objectContaining({ code: 404 })])
  expect(lines.some(({ msg }) => msg === 'the page for unknown addresses could not be shown')).toBe(true)
})

test('does not start with a route that says at no host that it is answered', async () => {
  const undecided = build({ plugins: [async (scope) => void scope.get('/new', () => 'new')] })
  await expect(undecided.ready()).rejects.toThrow('The route /new must say at which host')
  await undecided.close()
})
