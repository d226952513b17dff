import { afterAll, beforeAll, expect, test } from 'vitest'
import type { JsonObject } from '../../src/base/json.ts'
import {
  accessToken,
  backchannel,
  callersData,
  configureClient,
  newBackchannelToken,
  openTransaction,
  signInAsAdministrator,
  stateOf,
} from '../support/backchannel-client.ts'
import {
  caller,
  callerEnters,
  callerOpens,
  callerSignsIn,
  linkOf,
  message,
} from '../support/help-desk-play.ts'
import { clientDocument, credentials } from '../support/oauth-server.ts'
import { logLines } from '../support/prepared-server.ts'
import { asking } from '../support/rest.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { answerStep, signIn, startJourney } from '../support/wire.ts'

let server: TestServer
let url: string
let token: string

const uuid = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/
const opening = { type: 'service', value: 'VerifyCaller' }

beforeAll(async () => {
  server = await startServer()
  url = server.url
  token = await newBackchannelToken(url)
})

afterAll(() => server.stop())

function initialize(body: unknown, bearer: string | undefined = token) {
  return backchannel(url, 'initialize', body, { token: bearer })
}

const info = (transaction: string) => backchannel(url, 'info', { transaction }, { token })

test('a client is configured in the vendor’s shape, and responses never contain its secret', async () => {
  const administrator = await signInAsAdministrator(url)
  const id = { id: 'another' }
  const document = {
    coreOAuth2ClientConfig: {
      status: { inherited: false, value: 'Active' },
      clientType: { inherited: false, value: 'Confidential' },
      userpassword: credentials.client_secret,
      scopes: { inherited: false, value: ['back_channel_authentication'] },
      defaultScopes: { inherited: false, value: [] },
      accessTokenLifetime: { inherited: false, value: 0 },
    },
    advancedOAuth2ClientConfig: {
      grantTypes: { inherited: false, value: ['client_credentials'] },
      tokenEndpointAuthMethod: { inherited: false, value: 'client_secret_post' },
    },
  }
  const made = await configureClient(url, administrator, 'PUT', id, document)
  expect(made.status).toBe(201)
  expect(made.body).toMatchObject({ _id: 'another', _type: { _id: 'OAuth2Client' } })
  const read = await configureClient(url, administrator, 'GET', id)
  expect(read.status).toBe(200)
  expect(JSON.stringify([made.body, read.body])).not.toContain(credentials.client_secret)
  expect((await initialize(opening, await accessToken(url, id))).status).toBe(200)
  expect((await configureClient(url, administrator, 'PUT', id, document)).status).toBe(200)
})

test('only administrators configure clients', async () => {
  const person = await signIn(url, 'alex', 'Alex-Pass-2026')
  expect((await configureClient(url, '', 'PUT')).status).toBe(401)
  expect((await configureClient(url, person, 'PUT')).status).toBe(403)
})

test('initialize responds with a random id and its link, and info echoes the request', async () => {
  const body = {
    ...opening,
    subject: { type: 'user', name: 'alex' },
    data: callersData,
    trackingId: 'Y5tyzQi9cGVJjy2L',
    allowRetry: true,
  }
  const { status, body: opened } = await initialize(body)
  expect(status).toBe(200)
  expect(opened).toEqual({
    transaction: expect.stringMatching(uuid),
    redirectUri: `${url}/XUI/?realm=%2Falpha&authIndexType=transaction&authIndexValue=${opened.transaction}`,
  })
  const response = await info(String(opened.transaction))
  expect(response.status).toBe(200)
  expect(response.body).toEqual({
    state: 'CREATED',
    result: 'UNKNOWN',
    auditTrackingIds: [expect.stringMatching(uuid), 'Y5tyzQi9cGVJjy2L'],
    type: 'service',
    value: 'VerifyCaller',
    subject: { type: 'user', name: 'alex' },
  })
  const audited = logLines(server).filter(({ eventName }) => eventName === 'AM-BACK-CHANNEL-INITIALIZE')
  expect(audited.at(-1)).toMatchObject({
    topic: 'authentication',
    result: 'SUCCESSFUL',
    entries: { journey: 'VerifyCaller', client: 'desk', trackingIds: response.body.auditTrackingIds },
  })
})

test('initialize needs only a journey and a type', async () => {
  const { status, body } = await initialize(opening)
  expect(status).toBe(200)
  const response = await info(String(body.transaction))
  expect(response.body).not.toHaveProperty('subject')
  expect(response.body.auditTrackingIds).toHaveLength(1)
})

test('a transaction of a subject alone leads to that person, and to another address if the client names one', async () => {
  const subject = { type: 'user', name: 'alex' }
  const alone = await initialize({ ...opening, subject })
  const page = await callerOpens(url, String(alone.body.transaction))
  expect((await callerEnters(url, page)).status).toBe(200)
  expect((await info(String(alone.body.transaction))).body).toMatchObject({ result: 'APPROVED' })
  const named = await initialize({ ...opening, subject, data: { mail: 'nobody@example.com' } })
  const { status } = await callerOpens(url, String(named.body.transaction))
  expect(status).toBe(401)
})

test('the state of a transaction only moves forward, and a success carries session properties', async () => {
  const id = await openTransaction(url, token)
  expect((await info(id)).body).toMatchObject({ state: 'CREATED', result: 'UNKNOWN' })
  const page = await callerOpens(url, id)
  expect((await info(id)).body).toMatchObject({ state: 'IN_PROGRESS', result: 'UNKNOWN' })
  expect((await info(id)).body).not.toHaveProperty('sessionProperties')
  expect((await callerEnters(url, page)).status).toBe(200)
  const done = (await info(id)).body
  expect(done).toMatchObject({
    state: 'COMPLETED',
    result: 'APPROVED',
    sessionProperties: {
      AMCtxId: expect.any(String),
      authInstant: expect.any(String),
      Service: 'VerifyCaller',
    },
  })
  expect(JSON.stringify(done)).not.toContain('Alex-Pass-2026')
  await callerOpens(url, id)
  expect((await info(id)).body).toEqual(done)
})

test('a denied transaction has no session properties', async () => {
  const id = await openTransaction(url, token, { allowRetry: false })
  await callerSignsIn(url, id, 'not-the-password')
  const { body } = await info(id)
  expect(body).toMatchObject({ state: 'COMPLETED', result: 'DENIED', sessionProperties: {} })
})

test('data becomes the shared state of the journey, and the subject its username', async () => {
  const id = await openTransaction(url, token, {
    subject: { type: 'user', name: 'ac6c7d3f-bb79-445f-8726-c3b6bda5b290' },
    data: { ...callersData, username: 'someone else' },
  })
  expect(message(await callerOpens(url, id))).toBe('alex')
  expect((await callerSignsIn(url, id)).status).toBe(200)
})

test.each<[string, unknown, string | RegExp]>([
  ['no body', '', /type/],
  ['a list', [opening], /object/],
  ['text that isn’t JSON', '{"type":', /JSON/],
  ['no type', { value: 'VerifyCaller' }, "type: must be 'service'"],
  ['another type', { ...opening, type: 'module' }, "type: must be 'service'"],
  ['no value', { type: 'service' }, 'value: must be the name of a journey'],
  ['an empty value', { ...opening, value: '' }, 'value: must be the name of a journey'],
  ['a value that is a list', { ...opening, value: ['VerifyCaller'] }, 'value: must be the name of a journey'],
  ['an unknown journey', { ...opening, value: 'Nowhere' }, 'No Configuration found'],
  ['a subject that is text', { ...opening, subject: 'alex' }, /^subject/],
  ['a subject of another type', { ...opening, subject: { type: 'group', name: 'alex' } }, /^subject.type/],
  ['a subject without a name', { ...opening, subject: { type: 'user' } }, /^subject.name/],
  ['an unknown subject', { ...opening, subject: { type: 'user', name: 'nobody' } }, /^subject.name/],
  [
    'a person as an agent',
    { ...opening, subject: { type: 'agent', name: 'dana' } },
    /^subject.name: not found/,
  ],
  ['data that is a list', { ...opening, data: ['a'] }, /^data/],
  ['data that is null', { ...opening, data: null }, /^data/],
  ['data with a realm', { ...opening, data: { realm: '/' } }, 'data: must not contain realm or authLevel'],
  ['data with a level', { ...opening, data: { authLevel: 9 } }, 'data: must not contain realm or authLevel'],
  ['a long tracking id', { ...opening, trackingId: 'x'.repeat(37) }, /^trackingId/],
  ['an empty tracking id', { ...opening, trackingId: '' }, /^trackingId/],
  ['a tracking id with a space', { ...opening, trackingId: 'a b' }, /^trackingId/],
  ['a tracking id with a line end', { ...opening, trackingId: 'a\n' }, /^trackingId/],
  ['a tracking id that is a number', { ...opening, trackingId: 7 }, /^trackingId/],
  ['a retry that is text', { ...opening, allowRetry: 'true' }, 'allowRetry: must be true or false'],
])('initialize rejects %s', async (_case, body, text) => {
  const answer = await initialize(body)
  expect(answer.status).toBe(400)
  expect(answer.body).toMatchObject({ code: 400, reason: 'Bad Request' })
  expect(answer.body.message).toEqual(typeof text === 'string' ? text : expect.stringMatching(text))
})

test.each<[string, unknown]>([
  ['no transaction', {}],
  ['an empty transaction', { transaction: '' }],
  ['a transaction that is a number', { transaction: 7 }],
])('info rejects %s', async (_case, body) => {
  const answer = await backchannel(url, 'info', body, { token })
  expect(answer.status).toBe(400)
  expect(answer.body.message).toMatch(/^transaction/)
})

test('an unknown transaction and one of another realm get the same answer', async () => {
  const root = await newBackchannelToken(url, { realm: '/' })
  const id = await openTransaction(url, token)
  const elsewhere = await backchannel(url, 'info', { transaction: id }, { token: root, realm: '/' })
  const unknown = await info(crypto.randomUUID())
  expect(elsewhere.status).toBe(404)
  expect(elsewhere.body).toEqual(unknown.body)
  expect(unknown.body).toEqual({ code: 404, reason: 'Not Found', message: 'Unable to read transaction.' })
  expect(await stateOf(url, token, id)).toBe('CREATED UNKNOWN')
})

test.each<['initialize' | 'info', JsonObject]>([
  ['initialize', opening],
  ['info', { transaction: 'any' }],
])('%s requires a token of this realm with the scope', async (action, body) => {
  const administrator = await signInAsAdministrator(url)
  await configureClient(url, administrator, 'PUT', { id: 'reports' }, clientDocument())
  const ask = async (bearer?: string) => {
    const answer = await backchannel(url, action, body, bearer === undefined ? {} : { token: bearer })
    return answer.status
  }
  expect(await ask()).toBe(401)
  expect(await ask('wrong')).toBe(401)
  expect(await ask(`${token}x`)).toBe(401)
  expect(await ask(administrator)).toBe(401)
  expect(await ask(await newBackchannelToken(url, { realm: '/' }))).toBe(401)
  expect(await ask(await accessToken(url, { id: 'reports', wanted: 'reports' }))).toBe(403)
  await configureClient(url, administrator, 'DELETE', { id: 'reports' })
})

test('a session doesn’t replace a bearer token', async () => {
  const response = await fetch(`${url}/json/realms/root/realms/alpha/authenticate/backchannel/initialize`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      iplanetdirectorypro: await signIn(url, 'dana', 'Dana-Pass-2026'),
    },
    body: JSON.stringify(opening),
  })
  expect(response.status).toBe(401)
})

test('the token of a deleted client is rejected', async () => {
  const named = { id: 'short-lived' }
  const bearer = await newBackchannelToken(url, named)
  expect((await initialize(opening, bearer)).status).toBe(200)
  await configureClient(url, await signInAsAdministrator(url), 'DELETE', named)
  expect((await initialize(opening, bearer)).status).toBe(401)
})

test('a transaction starts its own journey, whatever service the request names', async () => {
  const id = await openTransaction(url, token)
  // The service parameter is ignored: the first index type counts, as everywhere.
  const page = await callerOpens(url, id, { query: '&ForceAuth=true&service=Login' })
  expect(message(page)).toBe('alex')
})

test('a journey started by name completes no transaction', async () => {
  const id = await openTransaction(url, token, { value: 'Login' })
  const page = await startJourney(url, 'Login', { query: '&ForceAuth=true' })
  expect((await answerStep(url, page, ['alex', 'Alex-Pass-2026'])).status).toBe(200)
  expect(await stateOf(url, token, id)).toBe('CREATED UNKNOWN')
})

test('links start with the address of the realm’s base URL service', async () => {
  const ask = asking(url, await signInAsAdministrator(url))
  const at = '/realms/root/realms/alpha/realm-config'
  const service = `${at}/services/baseurl`
  const fixed = { source: 'FIXED_VALUE', fixedValue: 'https://id.example.com/am', contextPath: '/am' }
  expect((await ask(service, { method: 'PUT', body: fixed })).status).toBe(400)
  const hosts = { allowedHosts: ['id.example.com'] }
  expect((await ask(`${at}/settings`, { method: 'PUT', body: hosts })).status).toBe(200)
  expect((await ask(service, { method: 'PUT', body: fixed })).body).toMatchObject(fixed)
  const opened = await initialize(opening)
  expect(opened.body.redirectUri).toMatch(/^https:\/\/id\.example\.com\/am\/XUI\/\?realm=%2Falpha&/)
  const headers = { iplanetdirectorypro: await signIn(url, 'dana', 'Dana-Pass-2026') }
  const asked = await startJourney(url, 'HelpDesk', { headers, query: '&ForceAuth=true' })
  const { link } = await linkOf(url, await answerStep(url, asked, [caller.mail], { headers }))
  expect(link).toMatch(/^https:\/\/id\.example\.com\/am\/XUI\/\?/)
  await ask(service, { method: 'PUT', body: { source: 'REQUEST_VALUES' } })
  expect((await initialize(opening)).body.redirectUri).toContain(`${url}/XUI/?`)
})
