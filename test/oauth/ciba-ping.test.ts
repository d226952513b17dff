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
/** Milliseconds that the server thinks it is later. */
let ahead = 0
/** What was asked so far, by the names that only its application knows. */
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

/** The server calls the bank, and nobody else on this machine. */
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

/** Asks, and takes the link out of the mail. */
async function asked(id = 'bank') {
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

test('once somebody allowed it the application is told which request, and fetches its tokens', async () => {
  const { request, transaction } = await asked()
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

test('an application that was away is told by the next server, in the same words, and once', async () => {
  bankEndpoint.answer.status = 503
  const { request, transaction } = await asked()
  await callerSignsIn(server.url, transaction)
  const first = await bankEndpoint.asked(1)
  await server.stop()
  bankEndpoint.answer.status = 204
  ahead += 6000
  server = await start()
  const second = await bankEndpoint.asked(2)
  // The same call: its id is among the headers.
  expect({ ...second, headers: { ...second.headers } }).toEqual({ ...first, headers: { ...first.headers } })
  expect((await fetchTokens(request)).status).toBe(200)

  ahead += 3_600_000
  const other = await asked()
  await callerSignsIn(server.url, other.transaction)
  expect(JSON.parse((await bankEndpoint.asked(3)).body)).toEqual({ auth_req_id: other.request })
})

test('an address inside is not called: the application finds the result when it asks', async () => {
  await register('spy', hiddenEndpoint.host)
  const { request, transaction } = await asked('spy')
  await callerSignsIn(server.url, transaction)
  await expect.poll(() => server.logged(), { timeout: 20_000 }).toContain('giving up')
  expect(hiddenEndpoint.requests).toEqual([])
  expect((await fetchTokens(request, 'spy')).status).toBe(200)
})

test('a ping follows no redirect: whoever answers with one finds the result when they ask', async () => {
  bankEndpoint.answer.status = 307
  bankEndpoint.answer.headers = { location: `https://${bankEndpoint.host}/elsewhere` }
  const { request, transaction } = await asked()
  await callerSignsIn(server.url, transaction)
  await expect.poll(() => server.logged(), { timeout: 20_000 }).toContain('"status":307')
  expect(bankEndpoint.requests.map(({ url }) => url)).toEqual(['/cb?for=bank'])
  delete bankEndpoint.answer.headers
  expect((await fetchTokens(request)).status).toBe(200)
})

test('a ping says nothing of the result', async () => {
  const { request, transaction } = await asked()
  await backchannel(server.url, 'reject', { transaction })
  expect(JSON.parse((await bankEndpoint.asked(1)).body)).toEqual({ auth_req_id: request })
  expect(await fetchTokens(request)).toMatchObject({ status: 400, body: { error: 'access_denied' } })
})

test('an application that is to be told has to say by which token', async () => {
  const { status, body } = await party('bank').post('bc-authorize', { scope: 'openid', login_hint: 'alex' })
  expect([status, body.error]).toEqual([400, 'invalid_request'])
})

test('the token and the request are in no log', () => {
  expect(server.logged()).toContain('"about":"an application that waits"')
  expect(requests.length).toBeGreaterThan(0)
  for (const secret of [notificationToken, ...requests]) expect(server.logged()).not.toContain(secret)
})
