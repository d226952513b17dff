import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { recordedStepSchema } from '../../src/engine/recorded-step.ts'
import { agreementSchema } from '../../src/testing/remote/agreement.ts'
import { LogReader } from '../../src/testing/remote/log-reader.ts'
import { reasons } from '../../src/testing/remote/reasons.ts'
import { agreed } from '../support/agreement-servers.ts'
import { type Handler, recordedTenant, startLoopback } from '../support/recorded-tenant.ts'
import { login, projectFolder } from '../support/walk-project.ts'

const password = 'Canary-Password-1'
const environment = { ALEX: password, LOG_KEY: 'canary-key', LOG_SECRET: 'canary-secret' }
const walks = `
journey: Login
people: { alex: { password: "\${secret:ALEX}" } }
walks:
  - it: signs in
    steps:
      - { answer: { NameCallback: alex }, asks: Password }
      - { answer: { PasswordCallback: "\${alex.password}" } }
    ends: { success: { successUrl: "/enduser/?realm=/alpha" } }
    path: [Ask Name, Ask Password, Check → true, Success]
  - it: rejects a wrong password
    steps: [{ answer: { NameCallback: alex } }, { answer: { PasswordCallback: wrong } }]
    ends: { failure: Login failure }
`

const project = (origin: string, more = '', walkFile = walks) =>
  projectFolder({
    'Login.json': login,
    'login.walk.yaml': walkFile,
    'sidegate.yaml': `targets:\n  tenant:\n    url: ${origin}/am\n${more}`,
  })
const agreementIn = (folder: string) =>
  agreementSchema.parse(JSON.parse(readFileSync(join(folder, '.sidegate/agreement.json'), 'utf8')))

test('a recorded tenant agrees on the wire', async () => {
  const { handle, received } = recordedTenant('tenant-login.har')
  const folder = project(await startLoopback(handle))
  const { status, output } = await agreed(folder, ['--both'], environment)
  expect(output).toMatch(/wire +9 agree, 0 differ, 1 unobserved/)
  // The recording has no such request.
  expect(output).toContain('1  the target does not describe the session')
  expect(status).toBe(0)
  expect(agreementIn(folder).server).toEqual({ product: 'unknown', version: 'unknown' })
  // The client sends back the page that it received, with the walk's answers.
  const [, named, signedIn] = received.map((body) => (body === '' ? undefined : JSON.parse(body)))
  expect(named.callbacks[0]).toMatchObject({ _id: 0, input: [{ name: 'IDToken1', value: 'alex' }] })
  expect(signedIn.callbacks[0].input[0].value).toBe(password)
  expect(output).not.toMatch(/canary|AAJTSQ|6ac6499e9da2071|eyJ/i)
})

describe('logs in the form of a tenant', () => {
  const event = (second: number, payload: object | string) => ({
    source: 'am-authentication',
    timestamp: `2026-10-01T08:00:0${second}.100Z`,
    type: 'application/json',
    payload,
  })
  const node = (second: number, nodeId: string, nodeOutcome: string) =>
    event(second, {
      eventName: 'AM-NODE-LOGIN-COMPLETED',
      timestamp: `2026-10-01T08:00:0${second}.100Z`,
      transactionId: 'tenant-request-7/0',
      entries: [
        {
          info: {
            nodeId: `Login-${nodeId}`,
            nodeOutcome,
            displayName: nodeId,
            nodeType: 'AnyNode',
            treeName: 'Login',
            authLevel: '0',
          },
        },
      ],
    })
  const end = (second: number) =>
    event(second, {
      eventName: 'AM-TREE-LOGIN-COMPLETED',
      timestamp: `2026-10-01T08:00:0${second}.100Z`,
      entries: [{ info: { treeName: 'Login' } }],
    })
  const logs = 'logs: { keyEnv: LOG_KEY, secretEnv: LOG_SECRET }'

  async function withLogs(
    answers: (query: URLSearchParams) => { status?: number; body?: unknown },
    given: { walks?: string; options?: string[] } = {},
  ) {
    const { handle } = recordedTenant('tenant-login.har')
    const asked: URLSearchParams[] = []
    const both: Handler = (request, body, response) => {
      const url = new URL(request.url ?? '', 'http://localhost')
      if (url.pathname !== '/monitoring/logs') return handle(request, body, response)
      expect(request.headers).toMatchObject({ 'x-api-key': 'canary-key', 'x-api-secret': 'canary-secret' })
      asked.push(url.searchParams)
      const { status = 200, body: answer } = answers(url.searchParams)
      response.writeHead(status).end(JSON.stringify(answer))
    }
    const folder = project(await startLoopback(both), `    ${logs}\n`, given.walks)
    const options = given.options ?? ['--both']
    return { ...(await agreed(folder, [...options, '-t', 'signs in'], environment)), asked }
  }

  test('are read newest first, late, in pages and with other entries', async () => {
    const pages: Record<string, { result: object[]; pagedResultsCookie: string | null }> = {
      '': {
        result: [end(4), node(3, 'Check', 'true'), event(3, 'a text of am-core')],
        pagedResultsCookie: 'two',
      },
      two: {
        result: [node(2, 'Ask Password', 'outcome'), node(1, 'Ask Name', 'outcome')],
        pagedResultsCookie: null,
      },
    }
    const early = [{ status: 429 }, { body: { result: [node(1, 'Ask Name', 'outcome')] } }]
    const { status, output, asked } = await withLogs(
      (query) => early.shift() ?? { body: pages[query.get('_pagedResultsCookie') ?? ''] },
    )
    expect(output).toMatch(/nodes +4 agree, 0 differ, 0 unobserved/)
    expect(status).toBe(0)
    expect(asked).toHaveLength(4)
    // The tenant has its own id for the requests.
    expect(asked[0]?.get('transactionId')).toBe('tenant-request-7/0')
  })

  const step = {
    ...{
      request: 1,
      order: 1,
      at: 0,
      journeys: ['Login'],
      page: null,
      result: 'outcome',
      outcome: 'outcome',
    },
    ...{ duration: 0, callbacks: [], reads: [], writes: [], log: [] },
  }
  const asksForPassword = `
journey: Login
walks: [{ it: signs in, steps: [{ answer: { NameCallback: alex }, asks: Password }], visits: { Ask Name: 1 } }]
`

  test('of a run that goes on are read until they show the node before its page, but prove no absence', async () => {
    const early = [{ result: [] }, { result: [] }]
    const { output, asked } = await withLogs(
      () => ({ body: early.shift() ?? { result: [node(1, 'Ask Name', 'outcome')] } }),
      { walks: asksForPassword },
    )
    expect(output).toMatch(/nodes +1 agree, 0 differ, 1 unobserved/)
    expect(asked.length).toBeGreaterThan(2)
  })

  test('of a run that goes on show another outcome of the node before its page', async () => {
    const answer = { body: { result: [node(1, 'Ask Name', 'other')] } }
    const { status, output } = await withLogs(() => answer, { walks: asksForPassword })
    expect(output).toContain('      inside  Ask Name → outcome\n      there   Ask Name → other')
    expect(status).toBe(1)
  })

  test('of a run that goes on stay unobserved if they never show that node', async () => {
    const origin = await startLoopback((_request, _body, response) => void response.end('{"result":[]}'))
    const reader = new LogReader({
      logs: { origin, keyEnv: 'LOG_KEY', secretEnv: 'LOG_SECRET' },
      environment,
      names: {
        journeyOf: () => 'Login',
        idOf: (id) => id,
        outcomeOf: (outcome) => outcome,
        nameOf: (journey) => journey,
        typeOf: (type: string) => type,
        isOnPage: () => false,
      },
      patienceMs: 1,
    })
    const left = { nodeId: 'Login-Ask Name', nodeType: 'UsernameCollectorNode', displayName: 'Ask Name' }
    const inside = [recordedStepSchema.parse({ ...step, ...left })]
    await expect(reader.read(['id'], { journey: 'Login', hasEnded: false, inside })).rejects.toThrow(
      reasons.openRun,
    )
  })

  test('of a run that goes on and was not played inside say nothing of its nodes', async () => {
    const given = { walks: asksForPassword, options: ['--at', 'tenant'] }
    const { output, asked } = await withLogs(() => ({ body: { result: [] } }), given)
    expect(output).toMatch(/nodes +0 agree, 0 differ, 1 unobserved/)
    expect(output).toContain(`1  ${reasons.openRun}`)
    expect(asked).toEqual([])
  })

  test('that show another outcome name the node', async () => {
    const { status, output } = await withLogs(() => ({
      body: {
        result: [
          node(1, 'Ask Name', 'outcome'),
          node(2, 'Ask Password', 'outcome'),
          node(3, 'Check', 'false'),
          end(4),
        ],
      },
    }))
    expect(status).toBe(1)
    expect(output).toContain('  Check (DataStoreDecisionNode)   Login.json:')
    expect(output).toContain('      inside  Check → true\n      there   Check → false')
  })

  test.each([
    [{ status: 401 }, reasons.refusedKey],
    [{ status: 404 }, reasons.noLogs],
    [{ status: 500 }, reasons.brokenLogs],
    [{ body: { result: 'nonsense' } }, reasons.brokenLogs],
    [{ body: { result: [end(4)] } }, reasons.noNodes],
  ])('that answer %j leave nodes unobserved', async (answer, reason) => {
    const { status, output } = await withLogs(() => answer)
    expect(output).toMatch(/nodes +0 agree, 0 differ, 4 unobserved/)
    expect(output).toContain(`4  ${reason}`)
    expect(output).not.toContain('canary')
    expect(status).toBe(0)
  })
})

describe('a target that is no journey server', () => {
  const answers =
    (status: number, body: string, headers = {}): Handler =>
    (_request, _body, response) =>
      void response.writeHead(status, headers).end(body)

  test.each([
    ['a page', answers(200, '<html>canary</html>'), 'does not answer as a journey server does'],
    ['an empty object', answers(200, '{}'), 'does not answer as a journey server does'],
    ['a list', answers(401, '[]'), 'does not answer as a journey server does'],
    ['a redirect', answers(302, '', { location: 'https://canary.example/' }), 'redirects to another address'],
    ['nothing at this address', answers(404, '{}'), 'has no journeys at this address'],
    ['an overloaded server', answers(503, 'canary'), 'responds with status 503'],
  ])('because of %s ends the test with status 2', async (_what, handle, message) => {
    const { status, output } = await agreed(project(await startLoopback(handle)), ['--both'], environment)
    expect(status).toBe(2)
    expect(output).toContain(message)
    expect(output).not.toContain('canary')
  })

  test('because of too much ends the test at once', async () => {
    const origin = await startLoopback(answers(200, ' '.repeat(5_000_000)))
    await expect(agreed(project(origin), ['--both'], environment)).rejects.toThrow('sends more than 4 MB')
  })

  test('because nothing listens ends the test at once', async () => {
    await expect(agreed(project('http://127.0.0.1:9'), ['--both'], environment)).rejects.toThrow(
      'The target does not respond',
    )
  })

  test('because it goes down in the middle of a walk keeps what was observed', async () => {
    const { handle, received } = recordedTenant('tenant-login.har')
    const down: Handler = (request, body, response) => {
      if (received.length === 4) request.socket.destroy()
      else handle(request, body, response)
    }
    const { status, output } = await agreed(project(await startLoopback(down)), ['--both'], environment)
    expect(status).toBe(2)
    expect(output).toContain('The target does not respond. The other walks were not played.')
    expect(output).toMatch(/^1 walk: 1 played there/m)
    expect(output).not.toContain('DIFFERS')
  })
})

test('a service account signs in with a signed assertion', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const { handle } = recordedTenant('tenant-login.har')
  const people = { result: [{ _id: '1', userName: 'alex', sn: 'Caller' }] }
  let audience: string | undefined
  const both: Handler = (request, body, response) => {
    const url = request.url ?? ''
    if (url === '/am/oauth2/access_token') {
      const { assertion = '', ...form } = Object.fromEntries(new URLSearchParams(body))
      const [head, claims = '', signature = ''] = assertion.split('.')
      const isRight = verify(
        'sha256',
        Buffer.from(`${head}.${claims}`),
        createPublicKey(publicKey.export({ type: 'spki', format: 'pem' })),
        Buffer.from(signature, 'base64url'),
      )
      const { iss, aud } = JSON.parse(Buffer.from(claims, 'base64url').toString())
      audience = aud
      expect(form).toMatchObject({ client_id: 'service-account', scope: 'fr:am:* fr:idm:*' })
      response.end(JSON.stringify(isRight && iss === 'account-1' ? { access_token: 'canary-token' } : {}))
    } else if (url.startsWith('/openidm/managed/alpha_user?')) {
      expect(request.headers.authorization).toBe('Bearer canary-token')
      response.end(JSON.stringify(people))
    } else handle(request, body, response)
  }
  const origin = await startLoopback(both)
  const folder = project(origin, '    admin: { serviceAccountEnv: ACCOUNT, keyEnv: KEY }\n')
  const key = JSON.stringify(privateKey.export({ format: 'jwk' }))
  const account = { ...environment, ACCOUNT: 'account-1', KEY: key }
  const { output } = await agreed(folder, ['--both'], account)
  expect(output).toMatch(/people +0 agree, 0 differ, 0 unobserved, 2 not observable/)
  expect(output).not.toContain('canary')
  expect(audience).toBe(`${origin}/am/oauth2/access_token`)
  await expect(agreed(folder, ['--both'], { ...account, KEY: '{"canary":1}' })).rejects.toThrow(
    /^(?!.*canary).*JWK/,
  )
  await expect(agreed(folder, ['--both'], environment)).rejects.toThrow(
    'Set the environment variable ACCOUNT',
  )
})

describe('the access token of a service account', () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const key = JSON.stringify(privateKey.export({ format: 'jwk' }))
  const account = { ...environment, ACCOUNT: 'account-1', KEY: key }

  /** @param grants answers of the server that gives tokens. @param isValid whether people can be read with one. */
  async function withTokens(grants: object[], isValid: (token: string) => boolean) {
    const { handle } = recordedTenant('tenant-login.har')
    const used: string[] = []
    const both: Handler = (request, body, response) => {
      if (request.url === '/am/oauth2/access_token') {
        response.end(JSON.stringify(grants.shift() ?? {}))
      } else if (request.url?.startsWith('/openidm/managed/alpha_user?')) {
        const [, token = ''] = (request.headers.authorization ?? '').split(' ')
        used.push(token)
        response.writeHead(isValid(token) ? 200 : 401)
        response.end(JSON.stringify({ result: [{ _id: '1', userName: 'alex', sn: 'Caller' }] }))
      } else handle(request, body, response)
    }
    const admin = '    admin: { serviceAccountEnv: ACCOUNT, keyEnv: KEY }\n'
    const folder = project(await startLoopback(both), admin)
    return { ...(await agreed(folder, ['--both'], account)), used }
  }

  test('is renewed before it ends', async () => {
    const grants = [
      { access_token: 'one', expires_in: 1 },
      { access_token: 'two', expires_in: 899 },
    ]
    const { used, output } = await withTokens(grants, () => true)
    expect(new Set(used)).toEqual(new Set(['two']))
    expect(output).toMatch(/people +0 agree, 0 differ, 0 unobserved, 2 not observable/)
  })

  test('is renewed once when the server refuses it', async () => {
    const grants = [{ access_token: 'one' }, { access_token: 'two' }]
    const { used, output } = await withTokens(grants, (token) => token === 'two')
    expect(used.slice(0, 3)).toEqual(['one', 'two', 'two'])
    expect(output).toMatch(/people +0 agree, 0 differ, 0 unobserved, 2 not observable/)
    const others = await withTokens([{ access_token: 'one' }, { access_token: 'two' }], () => false)
    expect(others.used).toEqual(['one', 'two', 'two'])
  })

  test('ends the test if it can’t be renewed', async () => {
    const { status, output } = await withTokens([{ access_token: 'one' }], () => false)
    expect(status).toBe(2)
    expect(output).toContain(
      'The target refuses the service account now, which it accepted at the beginning of the test. The other walks were not played.',
    )
  })
})
