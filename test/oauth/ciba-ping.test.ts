import { rmSync } from 'node:fs'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { backchannel } from '../support/backchannel-client.ts'
import { certify } from '../support/certificates.ts'
import { callerSignsIn } from '../support/help-desk-play.ts'
import { startHooks } from '../support/hooks-server.ts'
import { startMailServer } from '../support/mail-server.ts'
import { preparedFolder } from '../support/prepared-folder.ts'
import { claimsIn, RelyingParty } from '../support/relying-party.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

const grantType = 'urn:openid:params:grant-type:ciba'
const notificationToken = 'a-token-that-only-the-bank-knows'
const usualAuthorities = getCACertificates('default')

let mail: Awaited<ReturnType<typeof startMailServer>>
let bankEndpoint: Awaited<ReturnType<typeof startHooks>>
let hiddenEndpoint: Awaited<ReturnType<typeof startHooks>>
let folder: string
let server: TestServer
/** Milliseconds by which the server's clock is ahead. */
let ahead = 0
/** The auth_req_ids so far, which only the application must know. */
const requests: string[] = []

beforeAll(async () => {
  const realNow = Date.now
  vi.spyOn(Date, 'now').mockImplementation(() => realNow() + ahead)
  const certified = await certify('CN=localhost', { kind: 'ec' })
  setDefaultCACertificates([...usualAuthorities, certified.pem])
  mail = await startMailServer()
  bankEndpoint = await startHooks(certified)
  hiddenEndpoint = await startHooks(certified)
  folder = await preparedFolder(async () => undefined)
  server = await start()
  await register('bank', bankEndpoint.host)
})
beforeEach(() => {
  bankEndpoint.requests.length = 0
  bankEndpoint.answer.status = 204
})
afterAll(async () => {
  vi.restoreAllMocks()
  setDefaultCACertificates(usualAuthorities)
  await server.stop()
  await Promise.all([bankEndpoint.stop(), hiddenEndpoint.stop(), mail.stop()])
  rmSync(folder, { recursive: true, force: true })
})

/** The server may call the bank's endpoint and no other on this machine. */
const start = () =>
  startServer({
    dataFolder: folder,
    smtpUrl: mail.url,
    mailFrom: 'Desk <desk@example.com>',
    httpAllow: [bankEndpoint.host],
  })

const party = (id: string) => new RelyingParty(server.url, id, `secret of the ${id}`)

const register = (id: string, host: string) =>
  party(id).register({
    core: { scopes: ['openid', 'profile'] },
    advanced: { grantTypes: [grantType] },
    ciba: { tokenDeliveryMode: 'ping', notificationEndpoint: `https://${host}/cb?for=${id}` },
  })

/** Sends a request and takes the link from the email. */
async function sendRequest(id = 'bank') {
  const count = mail.mails.length
  const { status, body } = await party(id).post('bc-authorize', {
    scope: 'openid',
    login_hint: 'alex',
    client_notification_token: notificationToken,
  })
  expect(status).toBe(200)
  const arrived = await mail.arrived(count + 1)
  const transaction = /authIndexValue=([\w-]+)/.exec(arrived.body)?.[1] ?? ''
  const request = String(body.auth_req_id)
  requests.push(request)
  return { request, transaction }
}

const fetchTokens = (request: string, id = 'bank') =>
  party(id).post('access_token', { grant_type: grantType, auth_req_id: request })

test('after the approval the application gets a ping with the request id and fetches its tokens', async () => {
  const { request, transaction } = await sendRequest()
  expect(bankEndpoint.requests).toEqual([])
  await callerSignsIn(server.url, transaction)
  const ping = await bankEndpoint.asked(1)
  expect(ping).toMatchObject({
    method: 'POST',
    url: '/cb?for=bank',
    headers: { authorization: `Bearer ${notificationToken}`, 'content-type': 'application/json' },
  })
  expect(JSON.parse(ping.body)).toEqual({ auth_req_id: request })
  const { status, body } = await fetchTokens(request)
  expect(status).toBe(200)
  expect(claimsIn(body.id_token)).toMatchObject({ aud: 'bank', sub: expect.any(String) })
})

test('an application that asked too early gets its tokens at once after the ping', async () => {
  const { request, transaction } = await sendRequest()
  expect((await fetchTokens(request)).body.error).toBe('authorization_pending')
  expect((await fetchTokens(request)).body.error).toBe('slow_down')
  await callerSignsIn(server.url, transaction)
  await bankEndpoint.asked(1)
  const answers = await Promise.all([1, 2, 3].map(() => fetchTokens(request)))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
})

test('a failed ping is repeated by the next server, unchanged and once', async () => {
  bankEndpoint.answer.status = 503
  const { request, transaction } = await sendRequest()
  await callerSignsIn(server.url, transaction)
  const first = await bankEndpoint.asked(1)
  await server.stop()
  bankEndpoint.answer.status = 204
  ahead += 6000
  server = await start()
  const second = await bankEndpoint.asked(2)
  // It is the same call: its id is among the headers.
  expect({ ...second, headers: { ...second.headers } }).toEqual({ ...first, headers: { ...first.headers } })
  expect((await fetchTokens(request)).status).toBe(200)

  ahead += 3_600_000
  const other = await sendRequest()
  await callerSignsIn(server.url, other.transaction)
  expect(JSON.parse((await bankEndpoint.asked(3)).body)).toEqual({ auth_req_id: other.request })
})

test('a private address is not called, but the application gets the result when it polls', async () => {
  await register('spy', hiddenEndpoint.host)
  const { request, transaction } = await sendRequest('spy')
  await callerSignsIn(server.url, transaction)
  await expect.poll(() => server.logged(), { timeout: 20_000 }).toContain('giving up')
  expect(hiddenEndpoint.requests).toEqual([])
  expect((await fetchTokens(request, 'spy')).status).toBe(200)
})

test('a ping follows no redirect, but the application gets the result when it polls', async () => {
  bankEndpoint.answer.status = 307
  bankEndpoint.answer.headers = { location: `https://${bankEndpoint.host}/elsewhere` }
  const { request, transaction } = await sendRequest()
  await callerSignsIn(server.url, transaction)
  await expect.poll(() => server.logged(), { timeout: 20_000 }).toContain('"status":307')
  expect(bankEndpoint.requests.map(({ url }) => url)).toEqual(['/cb?for=bank'])
  delete bankEndpoint.answer.headers
  expect((await fetchTokens(request)).status).toBe(200)
})

test('a ping doesn’t contain the result', async () => {
  const { request, transaction } = await sendRequest()
  await backchannel(server.url, 'reject', { transaction })
  expect(JSON.parse((await bankEndpoint.asked(1)).body)).toEqual({ auth_req_id: request })
  expect(await fetchTokens(request)).toMatchObject({ status: 400, body: { error: 'access_denied' } })
})

test('a client in ping mode must send a notification token', async () => {
  const { status, body } = await party('bank').post('bc-authorize', { scope: 'openid', login_hint: 'alex' })
  expect([status, body.error]).toEqual([400, 'invalid_request'])
})

test('logs contain neither the token nor the request id', () => {
  expect(server.logged()).toContain('"about":"an application that waits"')
  expect(requests.length).toBeGreaterThan(0)
  for (const secret of [notificationToken, ...requests]) expect(server.logged()).not.toContain(secret)
})
