import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { exampleIdentity } from '../../src/store/contract/examples.ts'
import { backchannel } from '../support/backchannel-client.ts'
import { callerOpens, callerSignsIn } from '../support/help-desk-play.ts'
import { startMailServer } from '../support/mail-server.ts'
import { logLines, startPrepared } from '../support/prepared-server.ts'
import { changeOauthSettings, claimsIn, RelyingParty } from '../support/relying-party.ts'
import type { TestServer } from '../support/start-server.ts'
import { answerStep } from '../support/wire.ts'

const grantType = 'urn:openid:params:grant-type:ciba'
const words = 'Pay 120 € to Harbour Books'

let mail: Awaited<ReturnType<typeof startMailServer>>
let server: TestServer
let bank: RelyingParty
/** Milliseconds by which the server's clock is ahead. */
let ahead = 0

const registered = (core = {}, ciba = {}) => ({
  core: { scopes: ['openid', 'profile'], clientName: 'Harbour Bank', ...core },
  advanced: { grantTypes: [grantType, 'refresh_token'] },
  ciba,
})

beforeAll(async () => {
  const realNow = Date.now
  vi.spyOn(Date, 'now').mockImplementation(() => realNow() + ahead)
  mail = await startMailServer()
  server = await startPrepared(
    async ({ identities }) => {
      const person = (id: string, mail?: string) =>
        identities.create(
          exampleIdentity({ id, userName: id, attributes: mail === undefined ? {} : { mail } }),
        )
      await person('mo')
      await person('one', 'twins@example.com')
      await person('two', 'twins@example.com')
    },
    { smtpUrl: mail.url, mailFrom: 'Desk <desk@example.com>' },
  )
  await limitRequests(0)
  bank = new RelyingParty(server.url, 'bank', 'a secret of the bank')
  await bank.register(registered())
})
afterAll(async () => {
  vi.restoreAllMocks()
  await server.stop()
  await mail.stop()
})

/** @param times maximum requests to one person in an hour; 0 is no limit. */
const limitRequests = (times: number) =>
  changeOauthSettings(server.url, { ciba: { journey: 'ConfirmRequest', maxRequestsPerPerson: times } })

const ask = (form: Record<string, string> = {}, party = bank) =>
  party.post('bc-authorize', { scope: 'openid profile', login_hint: 'alex', binding_message: words, ...form })

const poll = (id: string, party = bank) =>
  party.post('access_token', { grant_type: grantType, auth_req_id: id })

/** Advances to the next time that a client may poll. */
const advanceToNextPoll = () => {
  ahead += 6000
}

/** Sends a request and takes the link from the email. */
async function sendRequest(form: Record<string, string> = {}, party = bank) {
  const count = mail.mails.length
  const { body } = await ask(form, party)
  if (body.auth_req_id === undefined) throw new Error(`no request was sent: ${JSON.stringify(body)}`)
  const arrived = await mail.arrived(count + 1)
  const transaction = /authIndexValue=([\w-]+)/.exec(arrived.body)?.[1] ?? ''
  return { id: String(body.auth_req_id), body, arrived, transaction }
}

const sayNotMe = (transaction: string) => backchannel(server.url, 'reject', { transaction })

test('a person approves a request on their own device, and the application gets tokens', async () => {
  const { id, body, arrived, transaction } = await sendRequest()
  expect(body).toMatchObject({ expires_in: 300, interval: 5 })
  expect(arrived.to).toEqual(['alex@example.com'])
  expect(arrived.body).toContain('Harbour Bank asks you to confirm')
  expect(arrived.body).toContain(words)
  expect(await poll(id)).toMatchObject({ status: 400, body: { error: 'authorization_pending' } })

  await callerSignsIn(server.url, transaction)
  advanceToNextPoll()
  const { status, body: tokens } = await poll(id)
  expect([status, tokens.scope]).toEqual([200, 'openid profile'])
  const claims = claimsIn(tokens.id_token)
  expect(claims).toMatchObject({ aud: 'bank', auth_time: expect.any(Number) })
  expect((await bank.userinfo(tokens.access_token)).body).toMatchObject({
    sub: claims.sub,
    preferred_username: 'alex',
  })
  expect((await bank.refresh(tokens.refresh_token)).status).toBe(200)
})

test('a person is found by their email address and by their ID token', async () => {
  const { id, arrived, transaction } = await sendRequest({ login_hint: 'Alex@Example.com' })
  expect(arrived.to).toEqual(['alex@example.com'])
  await callerSignsIn(server.url, transaction)
  const { body: tokens } = await poll(id)
  const again = await sendRequest({ login_hint: '', id_token_hint: tokens.id_token })
  expect(again.arrived.to).toEqual(['alex@example.com'])
  const [head, body] = String(tokens.id_token).split('.')
  const forged = { login_hint: '', id_token_hint: `${head}.${body}.AAAA` }
  expect(await ask(forged)).toMatchObject({ status: 400, body: { error: 'invalid_request' } })
})

test('a request is good for tokens once; a second use revokes them', async () => {
  const { id, transaction } = await sendRequest()
  await callerSignsIn(server.url, transaction)
  const { body: tokens } = await poll(id)
  advanceToNextPoll()
  expect(await poll(id)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
  expect((await bank.userinfo(tokens.access_token)).status).toBe(401)
})

test('"this is not me" denies the request and pauses requests to that person', async () => {
  const { id, transaction } = await sendRequest({ login_hint: 'sam.one' })
  await sayNotMe(transaction)
  expect(await poll(id)).toMatchObject({ status: 400, body: { error: 'access_denied' } })
  advanceToNextPoll()
  expect(await poll(id)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
  expect(await ask({ login_hint: 'sam.one' })).toMatchObject({
    status: 400,
    body: { error: 'access_denied' },
  })
})

test('"this is not me" after the approval denies the request unless tokens were fetched', async () => {
  const { id, transaction } = await sendRequest({ login_hint: 'sam.two' })
  await callerSignsIn(server.url, transaction, 'Sam2-Pass-2026')
  expect((await sayNotMe(transaction)).body).toMatchObject({ isLate: true })
  expect(await poll(id)).toMatchObject({ status: 400, body: { error: 'access_denied' } })
})

test('another person with the link can’t approve the request', async () => {
  const { id, transaction } = await sendRequest()
  const page = await callerOpens(server.url, transaction)
  await answerStep(server.url, page, ['Dana-Pass-2026'])
  const { body } = await poll(id)
  expect(body.error).toMatch(/authorization_pending|access_denied/)
  expect(body).not.toHaveProperty('access_token')
})

test('a client that polls too fast gets slow_down', async () => {
  const { id } = await sendRequest()
  const answers = await Promise.all([poll(id), poll(id), poll(id)])
  expect(answers.map(({ body }) => body.error).toSorted()).toEqual([
    'authorization_pending',
    'slow_down',
    'slow_down',
  ])
  advanceToNextPoll()
  expect((await poll(id)).body.error).toBe('authorization_pending')
})

test('a request expires after the requested time, limited by the realm', async () => {
  const { id, body, transaction } = await sendRequest({ requested_expiry: '20' })
  expect(body.expires_in).toBe(20)
  ahead += 21_000
  expect(await poll(id)).toMatchObject({ status: 400, body: { error: 'expired_token' } })
  expect((await callerOpens(server.url, transaction)).status).toBe(401)
  expect((await sendRequest({ requested_expiry: '86400' })).body.expires_in).toBe(300)
})

describe('rejects', () => {
  let other: RelyingParty
  let sent: number

  beforeAll(async () => {
    other = new RelyingParty(server.url, 'other', 'another secret')
    await other.register(registered())
  })
  beforeEach(() => {
    sent = mail.mails.length
  })
  afterEach(() => expect(mail.mails.length).toBeLessThanOrEqual(sent + 1))

  test('a request of another client', async () => {
    const { id } = await sendRequest()
    expect(await poll(id, other)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
    expect((await poll(id)).body.error).toBe('authorization_pending')
  })

  test('a client without the grant type, with a wrong secret or without one', async () => {
    const shop = new RelyingParty(server.url, 'shop', 'shop secret')
    await shop.register()
    expect(await ask({}, shop)).toMatchObject({ status: 400, body: { error: 'invalid_request' } })
    const liar = new RelyingParty(server.url, 'bank', 'not the secret')
    expect(await ask({}, liar)).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
    const everybody = new RelyingParty(server.url, 'everybody')
    await everybody.register(registered())
    expect((await ask({}, everybody)).status).toBeGreaterThanOrEqual(400)
  })

  test.each([
    ['pictures', '1️⃣ pay 👍'],
    ['other scripts', '支払いを確認'],
    ['450 characters', 'a'.repeat(450)],
    ['more than one line', 'one\ntwo'],
  ])('a binding message with %s', async (_what, binding_message) => {
    expect(await ask({ binding_message })).toMatchObject({
      status: 400,
      body: { error: 'invalid_binding_message' },
    })
    expect(mail.mails).toHaveLength(sent)
  })

  test.each([
    ['an unknown username', { login_hint: 'nobody' }, 'unknown_user_id'],
    ['a disabled person', { login_hint: 'kim' }, 'unknown_user_id'],
    ['a person without an email address', { login_hint: 'mo' }, 'access_denied'],
    ['no hint', { login_hint: '' }, 'invalid_request'],
    ['two hints', { login_hint_token: 'a.b.c' }, 'invalid_request'],
    ['two hints, one of them an ID token', { id_token_hint: 'a.b.c' }, 'invalid_request'],
    ['an unknown kind of hint', { login_hint: '', login_hint_token: 'a.b.c' }, 'invalid_request'],
    ['an invalid ID token', { login_hint: '', id_token_hint: 'a.b.c' }, 'invalid_request'],
    ['an email address that two people share', { login_hint: 'twins@example.com' }, 'unknown_user_id'],
    ['an unknown email address', { login_hint: 'nobody@example.com' }, 'unknown_user_id'],
    ['an endless hint', { login_hint: 'a'.repeat(321) }, 'unknown_user_id'],
    ['a negative expiry', { requested_expiry: '-1' }, 'invalid_request'],
    ['an expiry of zero', { requested_expiry: '0' }, 'invalid_request'],
    ['an expiry that isn’t a number', { requested_expiry: 'soon' }, 'invalid_request'],
    ['a fractional expiry', { requested_expiry: '1.5' }, 'invalid_request'],
    ['a scope that the client doesn’t have', { scope: 'openid reports' }, 'invalid_scope'],
    ['a wrong user code', { user_code: '0000' }, 'invalid_user_code'],
    ['no openid', { scope: 'profile' }, 'invalid_request'],
  ])('a request with %s', async (_what, form, error) => {
    expect(await ask(form)).toMatchObject({ status: 400, body: { error } })
    expect(mail.mails).toHaveLength(sent)
  })

  test('a request without the required user code', async () => {
    const careful = new RelyingParty(server.url, 'careful', 'careful secret')
    await careful.register(registered({}, { userCodeRequired: true }))
    expect(await ask({}, careful)).toMatchObject({ status: 400, body: { error: 'missing_user_code' } })
  })

  test('unknown people with the same answer as shared addresses', async () => {
    const unknown = await ask({ login_hint: 'nobody@example.com' })
    expect(await ask({ login_hint: 'twins@example.com' })).toEqual(unknown)
    expect(await ask({ login_hint: 'kim' })).toEqual(unknown)
  })

  test('polls with a wrong secret, without the grant type or without a request id', async () => {
    const { id } = await sendRequest()
    const liar = new RelyingParty(server.url, 'bank', 'not the secret')
    expect(await poll(id, liar)).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
    const stranger = new RelyingParty(server.url, 'stranger', 'a secret')
    expect(await poll(id, stranger)).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
    const browser = new RelyingParty(server.url, 'browser', 'browser secret')
    await browser.register()
    expect(await poll(id, browser)).toMatchObject({ status: 400, body: { error: 'invalid_request' } })
    expect(await bank.post('access_token', { grant_type: grantType })).toMatchObject({
      status: 400,
      body: { error: 'invalid_request' },
    })
    expect((await poll(id)).body.error).toBe('authorization_pending')
  })

  test('unknown requests and those of another realm', async () => {
    expect((await poll('made-up')).body.error).toBe('invalid_grant')
    const { id } = await sendRequest()
    const elsewhere = new RelyingParty(server.url, 'bank', 'a secret of the bank', { realm: '' })
    expect((await poll(id, elsewhere)).status).toBeGreaterThanOrEqual(400)
  })
})

test('a person gets a limited number of requests in an hour', async () => {
  await limitRequests(2)
  const other = new RelyingParty(server.url, 'other', 'another secret')
  const dana = { login_hint: 'dana' }
  await sendRequest(dana)
  await sendRequest(dana, other)
  const sent = mail.mails.length
  expect(await ask(dana)).toMatchObject({ status: 400, body: { error: 'access_denied' } })
  expect(mail.mails).toHaveLength(sent)
  expect(server.logged()).toContain('the person received too many requests in a short time')
  ahead += 60 * 60_000
  await sendRequest(dana)
  await limitRequests(0)
})

test('logs contain neither links nor request ids', async () => {
  const { id, transaction } = await sendRequest()
  const logged = logLines(server)
    .map((line) => JSON.stringify(line))
    .join('\n')
  expect(logged).not.toContain(id)
  expect(logged).not.toContain(transaction)
})
