import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Stores } from '../../src/store/stores.ts'
import {
  backchannel,
  newBackchannelToken,
  openTransaction,
  signInAsAdministrator,
  stateOf,
  turnOffPause,
} from '../support/backchannel-client.ts'
import { FeedReader, kindOf } from '../support/feed-reader.ts'
import {
  agentOpens,
  agentSignsIn,
  agentWaits,
  agentWatches,
  callerEnters,
  callerOpens,
  callerSignsIn,
  deskOpens,
  letAnyoneStartChecks,
  linkOf,
  message,
} from '../support/help-desk-play.ts'
import { saveVariant } from '../support/prepared-folder.ts'
import { logLines, startPrepared } from '../support/prepared-server.ts'
import type { TestServer } from '../support/start-server.ts'
import { answerStep, signIn } from '../support/wire.ts'

const unreadable = { code: 404, reason: 'Not Found', message: 'Unable to read transaction.' }

let server: TestServer
let url: string
let token: string
let session: string
let administrator: string

async function prepare(stores: Stores): Promise<void> {
  await saveVariant(stores, 'HelpDesk', 'HelpDeskBrief', { BackChannelInitNode: { timeout: 1 } })
}

beforeAll(async () => {
  server = await startPrepared(prepare)
  url = server.url
  await letAnyoneStartChecks(url)
  token = await newBackchannelToken(url)
  session = await agentSignsIn(url)
  administrator = await signInAsAdministrator(url)
  await turnOffPause(url)
})

afterAll(() => server.stop())

const describe = (transaction: string, realm = 'alpha') =>
  backchannel(url, 'describe', { transaction }, { realm })
const reject = (transaction: string, realm = 'alpha') =>
  backchannel(url, 'reject', { transaction }, { realm })
const confirm = (transaction: string, realm = 'alpha') =>
  backchannel(url, 'confirm', { transaction }, { realm })
const cancel = (transaction: string) => backchannel(url, 'cancel', { transaction }, { token })

function kindsSince(id: string, lastId = 0) {
  const headers = { iplanetdirectorypro: administrator, 'last-event-id': String(lastId) }
  return FeedReader.open(url, { transaction: id, headers })
}

const rejections = () =>
  logLines(server).filter(({ eventName }) => eventName === 'SIDEGATE-TRANSACTION-REJECTED')

test('describe shows who asks and what for before the caller starts, and changes nothing', async () => {
  const { id } = await deskOpens(url, session)
  const described = await describe(id)
  expect(described.status).toBe(200)
  expect(described.body).toEqual({
    organisation: 'Larkfield Health',
    openedBy: 'Dana Desk',
    application: null,
    action: 'Unlock the account',
    actionText: 'Unlock the account',
    reason: 'New phone',
    ticket: 'INC-48213',
    secondAgent: null,
    vouchFor: null,
    subject: 'A••• C•••',
    question: 'whoCalled',
    isConfirmed: false,
    reverseCode: null,
    journey: 'VerifyCaller',
    state: 'CREATED',
    result: 'UNKNOWN',
    ending: null,
    rejectedAt: null,
    expiresAt: expect.any(Number),
  })
  expect(described.headers.get('cache-control')).toBe('no-store')
  expect(await describe(id)).toMatchObject({ body: described.body })
  const feed = await FeedReader.open(url, {
    transaction: id,
    headers: { iplanetdirectorypro: administrator },
  })
  expect((await feed.first(1))[0]?.data).toMatchObject({ state: 'CREATED', sequence: 0 })
  await feed.leave()
})

test.each([
  ['de-AT,de;q=0.9', 'Konto entsperren'],
  ['ar', 'إلغاء قفل الحساب'],
  ['en, de;q=0.5', 'Unlock the account'],
  ['pt', 'Unlock the account'],
])(
  'describe and confirm name the action in the language %s, and keep the action itself',
  async (tag, text) => {
    const { id } = await deskOpens(url, session)
    const headers = { 'accept-language': tag }
    const named = { action: 'Unlock the account', actionText: text }
    expect((await backchannel(url, 'describe', { transaction: id }, { headers })).body).toMatchObject(named)
    expect((await backchannel(url, 'confirm', { transaction: id }, { headers })).body).toMatchObject(named)
  },
)

test('describe shows only the initials of the person if no agent is signed in and no purpose is given', async () => {
  const { id } = await linkOf(url, await agentOpens(url))
  const { body } = await describe(id)
  expect(body).toMatchObject({
    openedBy: null,
    application: null,
    action: null,
    actionText: null,
    reason: null,
    ticket: null,
    vouchFor: null,
    subject: 'A••• C•••',
    question: null,
  })
})

test('describe reads a purpose from a client’s data, and doesn’t name the client', async () => {
  const data = { action: ['Unlock \u202eIt\u0000'], ticket: 'T'.repeat(300), reason: { not: 'a text' } }
  const { body } = await describe(await openTransaction(url, token, { data, subject: undefined }))
  expect(body).toMatchObject({
    openedBy: null,
    application: null,
    action: 'Unlock It',
    actionText: 'Unlock It',
    reason: null,
    ticket: 'T'.repeat(64),
    subject: null,
  })
})

test('unknown, expired and cancelled transactions and those of another realm get the same answer', async () => {
  const brief = await agentOpens(url, 'HelpDeskBrief')
  const { id: expired } = await linkOf(url, brief)
  await (await agentWatches(url, brief)).all()
  const cancelled = await openTransaction(url, token)
  await cancel(cancelled)
  const elsewhere = await openTransaction(url, token)
  for (const ask of [describe, confirm, reject]) {
    for (const id of [crypto.randomUUID(), 'nothing', expired, cancelled]) {
      expect(await ask(id)).toMatchObject({ status: 404, body: unreadable })
    }
    expect(await ask(elsewhere, '/')).toMatchObject({ status: 404, body: unreadable })
  }
})

test.each([{}, { transaction: '' }, { transaction: 7 }, []])('the body %j is rejected', async (body) => {
  for (const action of ['describe', 'confirm', 'reject'] as const) {
    expect((await backchannel(url, action, body)).status).toBe(400)
  }
})

test('"this is not me" denies a check that the caller has not opened: the agent’s journey fails and the caller’s can’t finish', async () => {
  const { id, page, reference } = await deskOpens(url, session)
  const feed = await agentWatches(url, page)
  const before = rejections().length
  expect(await reject(id)).toMatchObject({
    status: 200,
    body: { state: 'COMPLETED', result: 'DENIED', ending: 'notMe', isLate: false },
  })
  expect((await feed.all()).map(kindOf)).toEqual(['snapshot', 'notMe'])
  expect(await stateOf(url, token, id)).toBe('COMPLETED DENIED')
  expect((await agentWaits(url, page)).status).toBe(401)
  expect((await callerSignsIn(url, id)).body.message).toBe('Unable to approve transaction')
  expect(rejections().slice(before)).toMatchObject([{ reference, entries: { isLate: false } }])
  expect(JSON.stringify(rejections())).not.toContain(id)
})

test('"this is not me" ends a journey in progress', async () => {
  const { id, page } = await deskOpens(url, session)
  const credentials = await callerOpens(url, id)
  const feed = await agentWatches(url, page)
  await feed.first(1)
  expect((await reject(id)).body).toMatchObject({ result: 'DENIED', isLate: false })
  const late = await callerEnters(url, credentials)
  expect(late).toMatchObject({ status: 401, body: { message: 'Unable to approve transaction' } })
  expect((await feed.all()).map(kindOf)).toEqual(['snapshot', 'notMe'])
  const info = await backchannel(url, 'info', { transaction: id }, { token })
  expect(info.body).toMatchObject({ state: 'COMPLETED', result: 'DENIED', ending: 'notMe' })
})

test('"this is not me" after the approval undoes nothing, is recorded once and reaches the open feed', async () => {
  const { id, reference } = await deskOpens(url, session)
  const headers = { iplanetdirectorypro: session }
  const feed = await FeedReader.open(url, { reference, late: true, headers })
  expect((await callerSignsIn(url, id)).status).toBe(200)
  const before = rejections().length
  const rejected = await reject(id)
  expect(rejected).toMatchObject({
    status: 200,
    body: { state: 'COMPLETED', result: 'APPROVED', ending: 'approved', isLate: true },
  })
  expect((await reject(id)).body).toEqual(rejected.body)
  const kinds = (await feed.all()).map(kindOf)
  expect(kinds.slice(-2)).toEqual(['approved', 'rejected'])
  expect(rejections().slice(before)).toMatchObject([{ reference, entries: { isLate: true } }])
  expect(await stateOf(url, token, id)).toBe('COMPLETED APPROVED')
})

test('of "this is not me" and the right password at the same moment, exactly one counts', async () => {
  for (let round = 0; round < 5; round++) {
    const { id } = await deskOpens(url, session)
    const credentials = await callerOpens(url, id)
    const [finished, rejected] = await Promise.all([callerEnters(url, credentials), reject(id)])
    const isApproved = finished.status === 200
    expect(rejected.body).toMatchObject({ isLate: isApproved, result: isApproved ? 'APPROVED' : 'DENIED' })
    expect(await stateOf(url, token, id)).toBe(isApproved ? 'COMPLETED APPROVED' : 'COMPLETED DENIED')
    const results = (await (await kindsSince(id)).all())
      .map(kindOf)
      .filter((kind) => /approved|notMe/.test(kind))
    expect(results).toHaveLength(1)
  }
})

test('"this is not me" sent several times at once is one event', async () => {
  const { id } = await deskOpens(url, session)
  const before = rejections().length
  const answers = await Promise.all([reject(id), reject(id), reject(id)])
  for (const { body } of answers) expect(body).toMatchObject({ ending: 'notMe', isLate: false })
  expect((await (await kindsSince(id)).all()).map(kindOf)).toEqual(['notMe'])
  expect(rejections()).toHaveLength(before + 1)
})

test('a different person who signs in causes an event that doesn’t name them', async () => {
  const id = await openTransaction(url, token, { value: 'Login', allowRetry: false })
  const feed = await kindsSince(id)
  await answerStep(url, await callerOpens(url, id), ['dana', 'Dana-Pass-2026'])
  const events = await feed.all()
  expect(events.map(kindOf)).toEqual(['opened', 'wrongPerson', 'denied'])
  expect(events[1]?.data).toEqual({ kind: 'wrongPerson', sequence: 2, at: expect.any(Number) })
})

test('the sample shows the agent the same texts with and without a session', async () => {
  const { page, id } = await deskOpens(url, session)
  expect(message(page)).toBe('Waiting for the caller to open the link...')
  await callerSignsIn(url, id)
  expect(message(await agentWaits(url, page))).toBe('User successfully authenticated')
})

test('the caller’s session can’t read the agent’s feed', async () => {
  const { reference } = await deskOpens(url, session)
  const alex = { iplanetdirectorypro: await signIn(url, 'alex', 'Alex-Pass-2026') }
  expect((await FeedReader.open(url, { reference, headers: alex })).status).toBe(403)
  expect((await FeedReader.open(url, { reference })).status).toBe(401)
})
