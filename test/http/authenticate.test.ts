import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { saveJourney, scripted } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import type { TestServer } from '../support/start-server.ts'
import { answerStep, authenticate, signIn, startJourney, stepOf } from '../support/wire.ts'

const sayHello = `(function () {
  if (callbacks.isEmpty()) {
    callbacksBuilder.textOutputCallback(1, "Hello");
    callbacksBuilder.nameCallback("Name");
    action.withHeader("A header").withDescription("A description").withStage("a-stage");
  } else action.goTo("next");
})();`

let server: TestServer
let url: string

beforeAll(async () => {
  server = await startPrepared(async (stores) => {
    const name = { ask: { type: 'UsernameCollectorNode', to: { outcome: 'success' } } }
    await saveJourney(stores, 'Disabled', name, { enabled: false })
    await saveJourney(stores, 'InnerOnly', name, { innerTreeOnly: true })
    await saveJourney(stores, 'TransactionOnly', name, { transactionalOnly: true })
    await saveJourney(stores, 'Hello there', {
      hello: await scripted(stores, 'hello', sayHello, { next: 'success' }),
    })
    await saveJourney(stores, 'Details', {
      set: await scripted(stores, 'details', detailsScript, { next: 'success', stop: 'failure' }),
    })
  })
  url = server.url
})

afterAll(() => server.stop())

const detailsScript = `
nodeState.putShared("errorMessage", "You are not on the list");
action.goTo(requestParameters.get("end").get(0));`

function claimsOf(authId: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(authId.split('.')[1] ?? '', 'base64url').toString())
}

const noConfiguration = { code: 400, reason: 'Bad Request', message: 'No Configuration found' }

describe('a start', () => {
  test.each(['', '{}', ' \n', '{"anything":"else"}'])(
    'with the body %j starts the default journey',
    async (body) => {
      const start = await authenticate(url, { body })
      expect(start.status).toBe(200)
      expect(stepOf(start)).toEqual({
        authId: expect.any(String),
        callbacks: [
          {
            type: 'NameCallback',
            output: [{ name: 'prompt', value: 'User Name' }],
            input: [{ name: 'IDToken1', value: '' }],
            _id: 0,
          },
          {
            type: 'PasswordCallback',
            output: [{ name: 'prompt', value: 'Password' }],
            input: [{ name: 'IDToken2', value: '' }],
            _id: 1,
          },
        ],
        header: 'Sign in',
        description: 'Enter your username and password.',
      })
    },
  )

  test('needs no body, no content type and no version', async () => {
    const response = await fetch(`${url}/json/realms/root/realms/alpha/authenticate`, { method: 'POST' })
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({ authId: expect.any(String) })
  })

  test.each([
    '/json/realms/root/realms/alpha/authenticate',
    '/json/realms/alpha/authenticate',
    '/json/alpha/authenticate',
    '/json/authenticate?realm=/alpha',
    '/json/authenticate?realm=alpha',
    '/json/realms/root/realms/alpha/authenticate/',
  ])('at %s is in the realm alpha', async (path) => {
    const response = await fetch(url + path, { method: 'POST' })
    const { authId } = (await response.json()) as { authId: string }
    expect(claimsOf(authId)).toMatchObject({ realm: '/alpha' })
  })

  test.each(['/json/realms/root/authenticate', '/json/authenticate', '/json/authenticate?realm=/'])(
    'at %s is in the root realm',
    async (path) => {
      const response = await fetch(url + path, { method: 'POST' })
      const { authId } = (await response.json()) as { authId: string }
      expect(claimsOf(authId)).toMatchObject({ realm: '/' })
    },
  )

  test('by service runs that journey, and without an index the default one', async () => {
    expect(stepOf(await startJourney(url, 'PlatformLogin')).header).toBe('Sign in')
    expect(stepOf(await startJourney(url, 'Hello there')).header).toBe('A header')
    expect(stepOf(await authenticate(url, {})).description).toBe('Enter your username and password.')
  })

  test.each(['service', 'service&authIndexValue='])('of %s without a name is rejected', async (type) => {
    const refused = await authenticate(url, { query: `?authIndexType=${type}` })
    expect(refused).toMatchObject({ status: 400, body: noConfiguration })
  })

  test('with a session to upgrade that is only in the address is rejected, as addresses are logged', async () => {
    const token = await signIn(url, 'alex', 'Alex-Pass-2026')
    const query = `?authIndexType=service&authIndexValue=PlatformLogin&sessionUpgradeSSOTokenId=${token}`
    const refused = await authenticate(url, { query })
    expect(refused.status).toBe(400)
    expect(refused.body.message).toContain('iPlanetDirectoryPro')
    expect(JSON.stringify(refused.body)).not.toContain(token)
    const headers = { iPlanetDirectoryPro: token }
    expect((await authenticate(url, { query, headers })).status).toBe(200)
  })

  test.each(['Nowhere', 'Disabled', 'InnerOnly', 'TransactionOnly', 'login', '__proto__', '../Login'])(
    'of the journey %s is rejected',
    async (journey) => {
      const refused = await startJourney(url, journey)
      expect(refused.status).toBe(400)
      expect(refused.body).toEqual(noConfiguration)
    },
  )

  test.each(['module', 'user', 'Service', ''])('with the index type %j is rejected', async (type) => {
    const refused = await authenticate(url, { query: `?authIndexType=${type}&authIndexValue=Login` })
    expect(refused.status).toBe(400)
    expect(refused.body).toMatchObject({ code: 400, message: 'Unknown Authentication Index Type' })
  })

  test('by advice runs the journey that the advice names', async () => {
    const advice = (name: string, value: string) =>
      authenticate(url, {
        query: `?${new URLSearchParams({
          authIndexType: 'composite_advice',
          authIndexValue: `<Advices><AttributeValuePair><Attribute name="${name}"/><Value>${value}</Value></AttributeValuePair></Advices>`,
        })}`,
      })
    const byService = await advice('AuthenticateToServiceConditionAdvice', '/alpha:Hello there')
    expect(stepOf(byService).header).toBe('A header')
    const byTree = await advice('AuthenticateToTreeConditionAdvice', 'PlatformLogin')
    expect(claimsOf(stepOf(byTree).authId)).toMatchObject({ authIndexType: 'composite_advice' })
    const byTransaction = await advice('TransactionConditionAdvice', 'no-such-id')
    expect(byTransaction).toMatchObject({ status: 401, body: { message: 'Unable to read transaction.' } })
    const broken = await authenticate(url, {
      query: '?authIndexType=composite_advice&authIndexValue=%3CAdvices',
    })
    expect(broken).toMatchObject({ status: 400, body: { code: 400, reason: 'Bad Request' } })
  })

  test('ignores unknown parameters', async () => {
    const start = await startJourney(url, 'Login', {
      query: '&locale=de&colour=blue&noSession=maybe&ForceAuth=1',
    })
    expect(start.status).toBe(200)
  })
})

describe('a step', () => {
  test('has an authId with its index and expiry', async () => {
    const { authId } = stepOf(await startJourney(url, 'PlatformLogin'))
    expect(JSON.parse(Buffer.from(authId.split('.')[0] ?? '', 'base64url').toString())).toEqual({
      typ: 'JWT',
      alg: 'HS256',
    })
    const claims = claimsOf(authId)
    expect(claims).toMatchObject({
      authIndexType: 'service',
      authIndexValue: 'PlatformLogin',
      realm: '/alpha',
      otk: expect.any(String),
      sessionId: expect.any(String),
    })
    expect(Number(claims.exp) - Number(claims.iat)).toBe(300)
  })

  test('of the default journey has an authId without an index', async () => {
    const claims = claimsOf(stepOf(await authenticate(url, {})).authId)
    expect(claims).not.toHaveProperty('authIndexType')
    expect(claims).not.toHaveProperty('authIndexValue')
  })

  test('never repeats an authId', async () => {
    const ids = new Set<string>()
    for (let count = 0; count < 5; count++) ids.add(stepOf(await startJourney(url, 'Login')).authId)
    expect(ids.size).toBe(5)
  })

  test('made by a script has its texts, numbers its inputs by position and has no _id outside a page', async () => {
    expect(stepOf(await startJourney(url, 'Hello there'))).toEqual({
      authId: expect.any(String),
      stage: 'a-stage',
      header: 'A header',
      description: 'A description',
      callbacks: [
        {
          type: 'TextOutputCallback',
          output: [
            { name: 'message', value: 'Hello' },
            { name: 'messageType', value: '1' },
          ],
        },
        {
          type: 'NameCallback',
          output: [{ name: 'prompt', value: 'Name' }],
          input: [{ name: 'IDToken2', value: '' }],
        },
      ],
    })
  })

  test('has the headers that clients rely on', async () => {
    const { headers } = await authenticate(url, { headers: { 'x-forgerock-transactionid': 'abc-1' } })
    expect(headers.get('content-type')).toContain('application/json')
    expect(headers.get('content-api-version')).toBe('resource=2.1')
    expect(headers.get('cache-control')).toContain('no-store')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-forgerock-transactionid')).toBe('abc-1')
    expect(headers.getSetCookie()).toEqual([])
  })

  test('ignores additional members and another index in the query', async () => {
    const start = stepOf(await startJourney(url, 'Login'))
    const callbacks = [
      { ...start.callbacks[0], input: [{ name: 'IDToken1', value: 'alex' }], extra: 1 },
      { ...start.callbacks[1], input: [{ name: 'IDToken2', value: 'Alex-Pass-2026' }] },
    ]
    const end = await authenticate(url, {
      query: '?authIndexType=service&authIndexValue=PlatformLogin',
      body: { ...start, callbacks, status: 200, ok: true, template: '' },
    })
    expect(end.body).toMatchObject({ tokenId: expect.any(String), realm: '/alpha' })
  })
})

describe('a success', () => {
  test('has a token, landing page and realm, and sets the session cookie', async () => {
    const end = await answerStep(url, await startJourney(url, 'Login'), ['alex', 'Alex-Pass-2026'])
    expect(end.status).toBe(200)
    expect(end.body).toEqual({
      tokenId: expect.stringMatching(/^[\w-]{32,}$/),
      successUrl: '/enduser/?realm=/alpha',
      realm: '/alpha',
    })
    expect(end.headers.getSetCookie()).toEqual([
      `iPlanetDirectoryPro=${end.body.tokenId}; Path=/; HttpOnly; SameSite=Lax`,
      expect.stringMatching(/^sidegate-device=[\w.-]+; Max-Age=15552000; Path=\/; HttpOnly; SameSite=Lax$/),
    ])
  })

  test('in the root realm lands on the console', async () => {
    const start = await authenticate(url, { realm: '/' })
    const end = await answerStep(url, start, ['amadmin', 'Admin-Pass-2026'], { realm: '/' })
    expect(end.body).toMatchObject({ successUrl: '/console/', realm: '/' })
  })

  test('creates a new session each time', async () => {
    const tokens = [await signIn(url, 'alex', 'Alex-Pass-2026'), await signIn(url, 'alex', 'Alex-Pass-2026')]
    expect(new Set(tokens).size).toBe(2)
  })

  test('without an identified person is possible only without a session', async () => {
    expect(await startJourney(url, 'Details', { query: '&end=next' })).toMatchObject({
      status: 200,
      body: { successUrl: '/enduser/?realm=/alpha', realm: '/alpha' },
    })
  })
})

describe('a failure', () => {
  test('is a 401 with AM’s message and an empty landing page', async () => {
    const { status, body, headers } = await answerStep(url, await startJourney(url, 'PlatformLogin'), [
      'alex',
      'wrong',
    ])
    expect(status).toBe(401)
    expect(body).toEqual({
      code: 401,
      reason: 'Unauthorized',
      message: 'Login failure',
      detail: { failureUrl: '' },
    })
    expect(headers.get('content-type')).toContain('application/json')
    expect(headers.getSetCookie()).toEqual([])
  })

  test('has the message that the journey put into errorMessage', async () => {
    const { status, body } = await startJourney(url, 'Details', { query: '&end=stop' })
    expect(status).toBe(401)
    expect(body).toMatchObject({ message: 'You are not on the list', detail: { failureUrl: '' } })
  })
})

test('cookies are Secure behind https', async () => {
  const port = await freePort()
  const behindProxy = await startPrepared(async () => undefined, { baseUrl: 'https://sso.example.com', port })
  try {
    const end = await authenticate(`http://127.0.0.1:${port}/am`, {
      headers: { 'x-openam-username': 'alex', 'x-openam-password': 'Alex-Pass-2026' },
    })
    expect(end.headers.getSetCookie()).toEqual([
      `iPlanetDirectoryPro=${end.body.tokenId}; Path=/; HttpOnly; SameSite=Lax; Secure`,
      expect.stringMatching(/^sidegate-device=.*; HttpOnly; Secure; SameSite=Lax$/),
    ])
  } finally {
    await behindProxy.stop()
  }
})

/** The URL of a server behind a proxy doesn't contain its port, so the test chooses one. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}
