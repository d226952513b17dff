import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Json } from '../../src/base/json.ts'
import { unknownOpener } from '../../src/help-desk/transactions/transaction.ts'
import { newTransaction } from '../../src/help-desk/transactions/transactions.ts'
import type { Stores } from '../../src/store/stores.ts'
import { newBackchannelToken, openTransaction, stateOf } from '../support/backchannel-client.ts'
import { FeedReader, sightOf } from '../support/feed-reader.ts'
import {
  agentOpens,
  agentWaits,
  agentWatches,
  caller,
  callerEnters,
  callerOpens,
  callerSignsIn,
  letAnyoneStartChecks,
  linkOf,
  message,
  patient,
  unreadable,
} from '../support/help-desk-play.ts'
import { saveJourney, saveVariant, scripted } from '../support/prepared-folder.ts'
import { logLines, startPrepared } from '../support/prepared-server.ts'
import type { TestServer } from '../support/start-server.ts'
import { answerStep, output, signIn, startJourney, stepOf } from '../support/wire.ts'

const loginFailure = {
  code: 401,
  reason: 'Unauthorized',
  message: 'Login failure',
  detail: { failureUrl: '' },
}
const unableToApprove = { ...loginFailure, message: 'Unable to approve transaction' }

let server: TestServer
let url: string
let token: string
/** A transaction that expired before the server started and has not been deleted yet. */
let expired: string

const showLink = `(function () {
  if (callbacks.isEmpty()) callbacksBuilder.textOutputCallback(0, nodeState.get("backchannel-redirectUri"));
  else action.goTo("next");
})();`

const showError = `(function () {
  if (callbacks.isEmpty()) callbacksBuilder.textOutputCallback(0, "left by error");
  else action.goTo("next");
})();`

async function prepare(stores: Stores): Promise<void> {
  await saveVariant(stores, 'HelpDesk', 'HelpDeskOnce', { BackChannelInitNode: { allowRetry: false } })
  await saveVariant(stores, 'HelpDesk', 'HelpDeskBrief', { BackChannelInitNode: { timeout: 1 } })
  const initialize = { type: 'BackChannelInitNode', config: { tree: 'Login' } }
  await saveJourney(stores, 'OpensTwice', {
    open: { ...initialize, to: { created: 'show', error: 'failure' } },
    show: await scripted(stores, 'show', showLink, { next: 'again' }),
    again: { ...initialize, to: { created: 'showAgain', error: 'failure' } },
    showAgain: await scripted(stores, 'showAgain', showLink, { next: 'success' }),
  })
  await saveJourney(stores, 'Notify', {
    notify: {
      type: 'BackchannelNotificationNode',
      config: { dataKey: 'transaction:notify' },
      to: { success: 'success', error: 'show' },
    },
    show: await scripted(stores, 'showError', showError, { next: 'failure' }),
  })
  const { id, transaction } = newTransaction(
    {
      realm: '/alpha',
      journey: 'VerifyCaller',
      subject: undefined,
      data: {},
      allowRetry: true,
      trackingId: undefined,
      lifeSeconds: 180,
      openedBy: unknownOpener,
    },
    Date.now() - 180_000,
  )
  await stores.transactions.apply([{ kind: 'create', transaction }])
  expired = id
}

beforeAll(async () => {
  server = await startPrepared(prepare)
  url = server.url
  await letAnyoneStartChecks(url)
  token = await newBackchannelToken(url)
})

afterAll(() => server.stop())

/** Messages logged at one level, oldest first. */
function logged(level: number): string[] {
  return logLines(server)
    .filter((line) => line.level === level)
    .map(({ msg }) => msg)
}

test('the help-desk sample runs from end to end while the agent watches', async () => {
  const start = await startJourney(url, 'HelpDesk')
  expect(stepOf(start)).toMatchObject({
    header: 'Verify a caller',
    description: "Enter the caller's email address.",
    callbacks: [{ type: 'StringAttributeInputCallback' }],
  })
  const pending = await answerStep(url, start, [caller.mail])
  expect(message(pending)).toBe('Waiting for the caller to open the link...')
  expect(output(pending, 'waitTime')).toBe('3000')

  const feed = await agentWatches(url, pending)
  const { link, id } = await linkOf(url, pending)
  expect(link).toBe(`${url}/XUI/?realm=%2Falpha&authIndexType=transaction&authIndexValue=${id}`)
  expect(await stateOf(url, token, id)).toBe('CREATED UNKNOWN')

  const credentials = await callerOpens(url, id)
  expect(stepOf(credentials)).toMatchObject({
    header: 'Confirm that it is you',
    description: 'A help desk agent asked you to sign in. Continue only if you are on the phone with them.',
  })
  expect(stepOf(credentials).callbacks.map(({ type }) => type)).toEqual([
    'TextOutputCallback',
    'PasswordCallback',
  ])
  expect(message(credentials)).toBe('alex')
  expect(await stateOf(url, token, id)).toBe('IN_PROGRESS UNKNOWN')
  const progress = await answerStep(url, pending, [], patient)
  expect(message(progress)).toBe('Authentication in progress...')

  const signedIn = await callerEnters(url, credentials)
  expect(signedIn.body).toEqual({
    tokenId: expect.any(String),
    successUrl: '/enduser/?realm=/alpha',
    realm: '/alpha',
  })
  const done = await agentWaits(url, progress)
  expect(message(done)).toBe('User successfully authenticated')
  const end = await answerStep(url, done)
  expect(end.status).toBe(200)
  // The agent never ends signed in as the caller.
  expect(end.body).toEqual({ successUrl: '/enduser/?realm=/alpha', realm: '/alpha' })

  expect((await feed.all()).map(sightOf)).toEqual([
    'snapshot',
    'IN_PROGRESS UNKNOWN',
    'User has entered their credentials',
    "User's credentials are valid",
    'COMPLETED APPROVED',
  ])
  expect(await stateOf(url, token, id)).toBe('COMPLETED APPROVED')
})

test('a wrong password leaves the transaction open, and the right one still ends in success', async () => {
  const pending = await agentOpens(url)
  const feed = await agentWatches(url, pending)
  const { id } = await linkOf(url, pending)
  const refused = await callerSignsIn(url, id, 'not-the-password')
  expect(refused.status).toBe(401)
  expect(refused.body).toEqual(loginFailure)
  expect(await stateOf(url, token, id)).toBe('IN_PROGRESS UNKNOWN')
  const shown = await answerStep(url, pending, [], patient)
  expect(message(shown)).toBe('User has entered their credentials')

  expect((await callerSignsIn(url, id)).status).toBe(200)
  expect(message(await agentWaits(url, shown))).toBe('User successfully authenticated')
  expect((await feed.all()).map(sightOf)).toEqual([
    'snapshot',
    'IN_PROGRESS UNKNOWN',
    'User has entered their credentials',
    'User has entered their credentials',
    "User's credentials are valid",
    'COMPLETED APPROVED',
  ])
})

test('without retry the first failure denies, and the right password comes too late', async () => {
  const pending = await agentOpens(url, 'HelpDeskOnce')
  const feed = await agentWatches(url, pending)
  const { id } = await linkOf(url, pending)
  expect((await callerSignsIn(url, id, 'not-the-password')).body).toEqual(loginFailure)
  expect(await stateOf(url, token, id)).toBe('COMPLETED DENIED')
  expect((await feed.all()).map(sightOf).at(-1)).toBe('COMPLETED DENIED')

  const late = await callerSignsIn(url, id)
  expect(late.status).toBe(401)
  expect(late.body).toEqual(unableToApprove)
  expect(await stateOf(url, token, id)).toBe('COMPLETED DENIED')
  const end = await agentWaits(url, pending)
  expect(end.status).toBe(401)
  expect(end.body).toEqual(loginFailure)
})

test.each([
  ['an unknown email address', 'nobody@example.com'],
  ['an email address that two people share', 'shared@example.com'],
  ['no email address', ''],
])('%s opens no transaction', async (_case, mail) => {
  const answer = await agentOpens(url, 'HelpDesk', mail)
  expect(answer.body.tokenId).toBeUndefined()
  if (mail === '') expect(stepOf(answer).callbacks[0]?.type).toBe('StringAttributeInputCallback')
  else expect(answer.body).toEqual(loginFailure)
})

test('another person who signs in doesn’t complete the transaction, and it stays open', async () => {
  const id = await openTransaction(url, token, { value: 'Login' })
  const page = await callerOpens(url, id)
  const other = await answerStep(url, page, ['dana', 'Dana-Pass-2026'])
  expect(other.status).toBe(401)
  expect(other.body).toEqual(unableToApprove)
  expect(other.headers.getSetCookie().join()).not.toContain('iPlanetDirectoryPro=ey')
  expect(await stateOf(url, token, id)).toBe('IN_PROGRESS UNKNOWN')
  expect(server.logged()).toContain('SIDEGATE-TRANSACTION-WRONG-PERSON')

  const right = await answerStep(url, await callerOpens(url, id), [caller.userName, caller.password])
  expect(right.status).toBe(200)
  expect(await stateOf(url, token, id)).toBe('COMPLETED APPROVED')
})

test('without retry, another person who signs in denies the transaction', async () => {
  const id = await openTransaction(url, token, { value: 'Login', allowRetry: false })
  const other = await answerStep(url, await callerOpens(url, id), ['dana', 'Dana-Pass-2026'])
  expect(other.body).toEqual(unableToApprove)
  expect(await stateOf(url, token, id)).toBe('COMPLETED DENIED')
})

test.each(['VerifyCaller', 'Login'])(
  'the id of a completed transaction starts %s again but can’t finish it',
  async (value) => {
    const id = await openTransaction(url, token, { value })
    const values = value === 'Login' ? [caller.userName, caller.password] : [caller.password]
    const finish = async () => answerStep(url, await callerOpens(url, id), values)
    expect((await finish()).status).toBe(200)
    const again = await finish()
    expect(again.status).toBe(401)
    expect(again.body).toEqual(unableToApprove)
    expect(await stateOf(url, token, id)).toBe('COMPLETED APPROVED')
  },
)

test('an existing session skips the transaction’s journey unless ForceAuth is set', async () => {
  const session = await signIn(url, caller.userName, caller.password)
  const headers = { iplanetdirectorypro: session }
  const id = await openTransaction(url, token)
  const short = await callerOpens(url, id, { query: '', headers })
  expect(short.status).toBe(200)
  expect(short.body).toEqual({
    tokenId: session,
    successUrl: '/enduser/?realm=/alpha',
    realm: '/alpha',
  })
  expect(await stateOf(url, token, id)).toBe('CREATED UNKNOWN')

  const forced = await callerOpens(url, id, { headers })
  expect(stepOf(forced).header).toBe('Confirm that it is you')
  expect((await callerEnters(url, forced)).status).toBe(200)
  // The transaction is complete by now, and the old session alone still decides.
  expect((await callerOpens(url, id, { query: '', headers })).body.tokenId).toBe(session)
})

test('of two browsers that finish at once, exactly one succeeds', async () => {
  for (let round = 0; round < 5; round++) {
    const id = await openTransaction(url, token)
    const pages = await Promise.all([callerOpens(url, id), callerOpens(url, id)])
    const answers = await Promise.all(pages.map((page) => callerEnters(url, page)))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401])
    expect(answers.find(({ status }) => status === 401)?.body).toEqual(unableToApprove)
    const feed = await FeedReader.open(url, {
      transaction: id,
      headers: { authorization: `Bearer ${token}`, 'last-event-id': '0' },
    })
    const sights = (await feed.all()).map(sightOf)
    expect(sights.filter((sight) => sight === 'COMPLETED APPROVED')).toHaveLength(1)
  }
})

test('two browsers that answer the same page get the same success', async () => {
  const id = await openTransaction(url, token)
  const page = await callerOpens(url, id)
  const [one, two] = await Promise.all([callerEnters(url, page), callerEnters(url, page)])
  expect(one.status).toBe(200)
  expect(two.body).toEqual(one.body)
})

test.each<[string, () => Promise<string> | string, string]>([
  ['unknown', () => crypto.randomUUID(), 'alpha'],
  ['not an id at all', () => 'nothing', 'alpha'],
  ['empty', () => '', 'alpha'],
  ['expired', () => expired, 'alpha'],
  ["another realm's", () => openTransaction(url, token), '/'],
])('an id that is %s can’t be read', async (_case, make, realm) => {
  const answer = await callerOpens(url, await make(), { realm })
  expect(answer.status).toBe(401)
  expect(answer.body).toEqual(unreadable)
})

test('a transaction expires by the clock when it is read', async () => {
  const pending = await agentOpens(url, 'HelpDeskBrief')
  const feed = await agentWatches(url, pending)
  const { id } = await linkOf(url, pending)
  const page = await callerOpens(url, id)
  expect((await feed.all()).map(sightOf)).toEqual(['snapshot', 'IN_PROGRESS UNKNOWN', 'expired'])

  expect((await callerOpens(url, id)).body).toEqual(unreadable)
  expect((await callerEnters(url, page)).body).toEqual(unableToApprove)
  expect(await stateOf(url, token, id)).toBe('404 Unable to read transaction.')
  expect((await agentWaits(url, pending)).body).toEqual(loginFailure)
})

test('a second Initialize in the same journey cancels the first transaction', async () => {
  const first = await startJourney(url, 'OpensTwice')
  const idOf = (link: unknown) => new URL(String(link)).searchParams.get('authIndexValue') ?? ''
  const former = idOf(message(first))
  const feed = await agentWatches(url, first)
  expect((await callerOpens(url, former)).status).toBe(200)
  const second = await answerStep(url, first)
  const current = idOf(message(second))
  expect(current).not.toBe(former)
  expect((await feed.all()).map(sightOf)).toEqual(['snapshot', 'IN_PROGRESS UNKNOWN', 'cancelled'])
  expect((await callerOpens(url, former)).body).toEqual(unreadable)
  expect(await stateOf(url, token, current)).toBe('CREATED UNKNOWN')
})

test.each<[string, Record<string, Json>]>([
  ['missing', {}],
  ['text', { 'transaction:notify': 'done' }],
  ['a list', { 'transaction:notify': [{ journeyStatus: 'done' }] }],
  ['a number', { 'transaction:notify': 7 }],
  ['null', { 'transaction:notify': null }],
])('a notification key that is %s leads to error and changes nothing', async (_case, data) => {
  const subject = { type: 'user', name: 'alex' }
  const id = await openTransaction(url, token, { value: 'Notify', subject, data })
  const authorization = `Bearer ${token}`
  const feed = await FeedReader.open(url, { transaction: id, headers: { authorization } })
  const warned = logged(40).length
  expect(message(await callerOpens(url, id))).toBe('left by error')
  expect(logged(40).slice(warned)).toEqual([
    'Data in state at transaction:notify data key was not found or incorrect type, not updating transaction.',
  ])
  expect((await feed.first(2)).map(sightOf)).toEqual(['snapshot', 'IN_PROGRESS UNKNOWN'])
  const later = await FeedReader.open(url, { transaction: id, headers: { authorization } })
  expect((await later.first(1))[0]?.data).toMatchObject({
    state: 'IN_PROGRESS',
    result: 'UNKNOWN',
    sequence: 1,
    notificationData: null,
    notifications: [],
  })
  expect(feed.events).toHaveLength(2)
  await Promise.all([feed.leave(), later.leave()])
})

test('a notification outside a transaction leads to error with a warning', async () => {
  const warned = logged(40).length
  expect(message(await startJourney(url, 'Notify'))).toBe('left by error')
  expect(logged(40).slice(warned)).toEqual(['Transaction ID not found in context'])
})

test('a notification for a completed transaction leads to error and is logged', async () => {
  const id = await openTransaction(url, token)
  await callerSignsIn(url, id)
  const failed = logged(50).length
  await callerSignsIn(url, id)
  expect(logged(50).slice(failed)).toContain('Failed to update backchannel transaction')
})

test('logs contain neither transaction ids nor passwords', async () => {
  const pending = await agentOpens(url)
  const { id } = await linkOf(url, pending)
  await callerSignsIn(url, id, 'Never-Logged-2026')
  await callerSignsIn(url, id)
  await agentWaits(url, pending)
  expect(server.logged()).not.toContain(id)
  expect(server.logged()).not.toContain('Never-Logged-2026')
  expect(server.logged()).not.toContain(caller.password)
})
