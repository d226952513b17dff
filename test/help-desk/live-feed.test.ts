import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { JsonObject } from '../../src/base/json.ts'
import type { Stores } from '../../src/store/stores.ts'
import {
  accessToken,
  backchannel,
  configureClient,
  newBackchannelToken,
  openTransaction,
  signInAsAdministrator,
} from '../support/backchannel-client.ts'
import { type FeedEvent, FeedReader, sightOf } from '../support/feed-reader.ts'
import {
  agentOpens,
  agentWatches,
  caller,
  callerEnters,
  callerOpens,
  callerSignsIn,
  letAnyoneStartChecks,
  linkOf,
  message,
  patient,
} from '../support/help-desk-play.ts'
import { saveJourney, saveVariant, scripted } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import type { TestServer } from '../support/start-server.ts'
import { answerStep, signIn, startJourney, stepOf } from '../support/wire.ts'

/** Counts to twenty with a notification each time; with `pause` in its state it asks before each number. */
const countToTwenty = `(function () {
  var count = nodeState.get("count") || 0;
  if (count >= 20) {
    action.goTo("done");
  } else if (nodeState.get("pause") && callbacks.isEmpty()) {
    callbacksBuilder.textOutputCallback(0, "next");
  } else {
    nodeState.putShared("count", count + 1);
    nodeState.putShared("transaction:notify", { journeyStatus: "step " + (count + 1) });
    action.goTo("notify");
  }
})();`

const numbers = Array.from({ length: 20 }, (_, index) => index + 1)
const steps = numbers.map((number) => `step ${number}`)

let server: TestServer
let url: string
let token: string
let administrator: string

async function prepare(stores: Stores): Promise<void> {
  await saveJourney(stores, 'Chatty', {
    count: await scripted(stores, 'count', countToTwenty, { notify: 'notify', done: 'success' }),
    notify: {
      type: 'BackchannelNotificationNode',
      config: { dataKey: 'transaction:notify' },
      to: { success: 'count', error: 'failure' },
    },
  })
  await saveVariant(stores, 'HelpDesk', 'HelpDeskOnce', { BackChannelInitNode: { allowRetry: false } })
  await saveVariant(stores, 'HelpDesk', 'HelpDeskBrief', { BackChannelInitNode: { timeout: 1 } })
}

beforeAll(async () => {
  server = await startPrepared(prepare)
  url = server.url
  await letAnyoneStartChecks(url)
  token = await newBackchannelToken(url)
  administrator = await signInAsAdministrator(url)
})

afterAll(() => server.stop())

const bearer = (of = token) => ({ authorization: `Bearer ${of}` })

function watch(transaction: string, headers: Record<string, string> = {}) {
  return FeedReader.open(url, { transaction, headers: { iplanetdirectorypro: administrator, ...headers } })
}

function openChatty(data: JsonObject = {}) {
  return openTransaction(url, token, { value: 'Chatty', subject: undefined, data })
}

const idsOf = (events: readonly FeedEvent[]) => events.map(({ id }) => Number(id))

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

test('twenty notifications of twenty steps arrive in order, each with the step that sent it', async () => {
  const id = await openChatty({ pause: true })
  const feed = await watch(id)
  let page = await callerOpens(url, id)
  await feed.first(2)
  const delays: number[] = []
  for (const number of numbers) {
    page = await answerStep(url, page)
    const answered = performance.now()
    const event = (await feed.first(2 + number)).at(-1)
    expect(event && sightOf(event)).toBe(`step ${number}`)
    delays.push((event?.at ?? 0) - answered)
  }
  expect(page.status).toBe(200)
  const events = await feed.all()
  expect(events.map(sightOf)).toEqual(['snapshot', 'IN_PROGRESS UNKNOWN', ...steps, 'COMPLETED APPROVED'])
  expect(idsOf(events)).toEqual([0, 1, ...numbers.map((number) => number + 1), 22])
  expect(medianOf(delays)).toBeLessThan(50)
})

test('twenty notifications of one step arrive in order while the step still runs', async () => {
  const id = await openChatty()
  const feed = await watch(id)
  const answer = callerOpens(url, id)
  const received = await feed.first(3)
  expect((await answer).status).toBe(200)
  const answered = performance.now()
  expect(received.map(sightOf)).toEqual(['snapshot', 'IN_PROGRESS UNKNOWN', 'step 1'])
  expect(received.at(-1)?.at).toBeLessThan(answered)
  const events = await feed.all()
  expect(events.map(sightOf)).toEqual(['snapshot', 'IN_PROGRESS UNKNOWN', ...steps, 'COMPLETED APPROVED'])
  expect(idsOf(events)).toEqual([0, 1, ...numbers.map((number) => number + 1), 22])
})

test('a snapshot taken at any moment and the events after it contain everything once', async () => {
  const id = await openChatty()
  const answer = callerOpens(url, id)
  const feeds: FeedReader[] = []
  let isOver = false
  const over = answer.finally(() => {
    isOver = true
  })
  while (!isOver) feeds.push(await watch(id))
  await over
  expect(feeds.length).toBeGreaterThan(1)
  for (const feed of feeds) {
    const [snapshot, ...events] = await feed.all()
    const before = snapshot?.data.notifications as JsonObject[]
    const received = before.map(({ data }) => String((data as JsonObject).journeyStatus))
    const followed = events.filter(({ event }) => event === 'notification').map(sightOf)
    expect([...received, ...followed]).toEqual(steps)
    expect(idsOf(events)).toEqual(events.map((_event, index) => Number(snapshot?.id) + 1 + index))
    expect(snapshot?.data.sequence).toBe(Number(snapshot?.id))
  }
})

test('a notification merges into earlier ones, and the history keeps each', async () => {
  const id = await openChatty({ pause: true })
  const page = await answerStep(url, await callerOpens(url, id))
  await answerStep(url, page)
  const feed = await watch(id)
  const [snapshot] = await feed.first(1)
  expect(snapshot?.data).toEqual({
    state: 'IN_PROGRESS',
    result: 'UNKNOWN',
    ending: null,
    reference: expect.stringMatching(/^[2-9A-Z]{8}$/),
    sequence: 3,
    expiresAt: expect.any(Number),
    timeline: [
      { kind: 'created', sequence: 0, at: expect.any(Number) },
      { kind: 'opened', sequence: 1, at: expect.any(Number), state: 'IN_PROGRESS', result: 'UNKNOWN' },
      { kind: 'notification', sequence: 2, at: expect.any(Number), data: { journeyStatus: 'step 1' } },
      { kind: 'notification', sequence: 3, at: expect.any(Number), data: { journeyStatus: 'step 2' } },
    ],
    notificationData: { journeyStatus: 'step 2' },
    notifications: [
      { kind: 'notification', sequence: 2, at: expect.any(Number), data: { journeyStatus: 'step 1' } },
      { kind: 'notification', sequence: 3, at: expect.any(Number), data: { journeyStatus: 'step 2' } },
    ],
  })
  await feed.leave()
})

test('a reader that reconnects with Last-Event-ID misses nothing and gets nothing twice', async () => {
  const id = await openChatty({ pause: true })
  let page = await callerOpens(url, id)
  const first = await watch(id)
  const received = [...(await first.first(1))]
  for (const number of numbers) {
    page = await answerStep(url, page)
    if (number % 4 !== 0) continue
    // Reconnects after some events were sent without a reader.
    const feed = await watch(id, { 'last-event-id': String(received.at(-1)?.id) })
    received.push(...(await feed.first(4)))
    await feed.leave()
  }
  await first.all()
  const last = await watch(id, { 'last-event-id': String(received.at(-1)?.id) })
  received.push(...(await last.all()))
  expect(received.map(sightOf)).toEqual(['snapshot', ...steps, 'COMPLETED APPROVED'])
  expect(idsOf(received)).toEqual([1, ...numbers.map((number) => number + 1), 22])
  const nothing = await watch(id, { 'last-event-id': '22' })
  expect(nothing.status).toBe(204)
})

test.each(['abc', '7'])(
  'a Last-Event-ID of %s, which the transaction never had, leads to a snapshot',
  async (lastId) => {
    const feed = await watch(await openChatty(), { 'last-event-id': lastId })
    expect((await feed.first(1)).map(sightOf)).toEqual(['snapshot'])
    await feed.leave()
  },
)

test('a feed is an event stream that must not be cached', async () => {
  const feed = await watch(await openChatty())
  expect(feed.status).toBe(200)
  expect(feed.headers.get('content-type')).toBe('text/event-stream')
  expect(feed.headers.get('cache-control')).toBe('no-store')
  expect(feed.headers.get('x-content-type-options')).toBe('nosniff')
  await feed.leave()
})

test('an idle feed sends a comment every thirty seconds', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  try {
    const feed = await watch(await openChatty())
    await feed.first(1)
    vi.advanceTimersByTime(29_000)
    expect(feed.comments).toEqual([])
    vi.advanceTimersByTime(1000)
    expect(await feed.comment()).toBe('still here')
    expect(feed.events).toHaveLength(1)
    await feed.leave()
  } finally {
    vi.useRealTimers()
  }
})

test('the feed closes after the approval, and a later one contains the result', async () => {
  const pending = await agentOpens(url)
  const feed = await agentWatches(url, pending)
  const { id } = await linkOf(url, pending)
  await callerSignsIn(url, id)
  expect((await feed.all()).map(sightOf).at(-1)).toBe('COMPLETED APPROVED')
  const [snapshot, ...more] = await (await watch(id)).all()
  expect(snapshot?.data).toMatchObject({ state: 'COMPLETED', result: 'APPROVED', sequence: 4 })
  expect(more).toEqual([])
})

test('the feed closes when the transaction is denied', async () => {
  const pending = await agentOpens(url, 'HelpDeskOnce')
  const feed = await agentWatches(url, pending)
  await callerSignsIn(url, (await linkOf(url, pending)).id, 'not-the-password')
  expect((await feed.all()).map(sightOf).at(-1)).toBe('COMPLETED DENIED')
})

test('the feed closes when the transaction expires', async () => {
  const feed = await agentWatches(url, await agentOpens(url, 'HelpDeskBrief'))
  const [snapshot, end, ...more] = await feed.all()
  expect(end?.event).toBe('expired')
  expect(end?.data).toEqual({ kind: 'expired', at: snapshot?.data.expiresAt })
  expect(more).toEqual([])
})

test('the feed closes when the server stops', async () => {
  const stopping = await startPrepared(async () => undefined)
  await letAnyoneStartChecks(stopping.url)
  const feed = await agentWatches(stopping.url, await agentOpens(stopping.url))
  await feed.first(1)
  await stopping.stop()
  expect((await feed.all()).map(sightOf)).toEqual(['snapshot'])
})

test('the journey session that opened a transaction reads its feed without the id, link included', async () => {
  const feed = await agentWatches(url, await agentOpens(url))
  const [snapshot] = await feed.first(1)
  expect(snapshot?.data).toEqual({
    state: 'CREATED',
    result: 'UNKNOWN',
    ending: null,
    reference: expect.stringMatching(/^[2-9A-Z]{8}$/),
    sequence: 0,
    expiresAt: expect.any(Number),
    timeline: [{ kind: 'created', sequence: 0, at: expect.any(Number) }],
    notificationData: null,
    notifications: [],
    redirectUri: expect.stringContaining('authIndexType=transaction&authIndexValue='),
  })
  await feed.leave()
})

test('the agent’s session reads the feed without the link', async () => {
  const headers = { iplanetdirectorypro: await signIn(url, 'dana', 'Dana-Pass-2026') }
  const start = await startJourney(url, 'HelpDesk', { headers })
  const { id } = await linkOf(url, await answerStep(url, start, [caller.mail], { headers }))
  const feed = await FeedReader.open(url, { transaction: id, headers })
  const [snapshot] = await feed.first(1)
  expect(snapshot?.data.state).toBe('CREATED')
  expect(snapshot?.data).not.toHaveProperty('redirectUri')
  await feed.leave()
  const alone = await FeedReader.open(url, { headers })
  expect(alone.status).toBe(400)
})

test('a bearer token with the scope reads only what its client opened, without the link', async () => {
  const id = await openTransaction(url, token)
  const feed = await FeedReader.open(url, { transaction: id, headers: bearer() })
  const [snapshot] = await feed.first(1)
  const { id: ofAgent, reference } = await linkOf(url, await agentOpens(url))
  expect((await FeedReader.open(url, { transaction: ofAgent, headers: bearer() })).status).toBe(403)
  expect((await FeedReader.open(url, { reference, headers: bearer() })).status).toBe(403)
  expect(snapshot?.data).not.toHaveProperty('redirectUri')
  await feed.leave()
  const root = await newBackchannelToken(url, { realm: '/' })
  const elsewhere = await FeedReader.open(url, { transaction: id, realm: '/', headers: bearer(root) })
  expect(elsewhere.status).toBe(403)
  expect((await FeedReader.open(url, { transaction: id, headers: bearer(root) })).status).toBe(401)
})

test('a bearer token without the scope is rejected', async () => {
  await configureClient(url, await signInAsAdministrator(url), 'PUT', { id: 'reports' })
  const weak = await accessToken(url, { id: 'reports', wanted: 'reports' })
  const { id } = await linkOf(url, await agentOpens(url))
  expect((await FeedReader.open(url, { transaction: id, headers: bearer(weak) })).status).toBe(403)
})

test('strangers are rejected whether or not the transaction exists', async () => {
  const { id } = await linkOf(url, await agentOpens(url))
  const alex = { iplanetdirectorypro: await signIn(url, 'alex', caller.password) }
  for (const transaction of [id, crypto.randomUUID()]) {
    const status = async (headers: Record<string, string>) =>
      (await FeedReader.open(url, { transaction, headers })).status
    expect(await status({})).toBe(401)
    expect(await status({ authorization: 'Bearer wrong' })).toBe(401)
    expect(await status({ iplanetdirectorypro: 'wrong' })).toBe(401)
    // The caller is signed in, but did not open it.
    expect(await status(alex)).toBe(403)
  }
})

test('the authId of another journey session is rejected', async () => {
  const { id } = await linkOf(url, await agentOpens(url))
  const other = await agentOpens(url)
  const callersPage = await callerOpens(url, id)
  for (const page of [other, callersPage]) {
    const headers = { 'x-sidegate-authid': stepOf(page).authId }
    const feed = await FeedReader.open(url, { transaction: id, headers })
    expect(feed.status).toBe(403)
    expect(feed.error).not.toContain(id)
  }
})

test('the caller’s own authId leads to no feed', async () => {
  const { id } = await linkOf(url, await agentOpens(url))
  expect((await agentWatches(url, await callerOpens(url, id))).status).toBe(404)
})

test('an outdated or forged authId is rejected', async () => {
  const old = await startJourney(url, 'HelpDesk')
  const page = await answerStep(url, old, [caller.mail])
  expect((await agentWatches(url, old)).status).toBe(401)
  const feed = await agentWatches(url, page)
  expect(feed.status).toBe(200)
  await feed.leave()
  const forged = `${stepOf(page).authId.slice(0, -4)}AAAA`
  for (const authId of [forged, 'nothing']) {
    const headers = { 'x-sidegate-authid': authId }
    expect((await FeedReader.open(url, { headers })).status).toBe(400)
  }
})

test('an open feed continues when its authId is outdated', async () => {
  const pending = await agentOpens(url)
  const feed = await agentWatches(url, pending)
  const { id } = await linkOf(url, pending)
  const page = await callerOpens(url, id)
  const progress = await answerStep(url, pending, [], patient)
  expect(message(progress)).toBe('Authentication in progress...')
  await callerEnters(url, page)
  expect((await feed.all()).map(sightOf).at(-1)).toBe('COMPLETED APPROVED')
})

test('the transaction id is in no log line, for any reader and any ending', async () => {
  const id = await openTransaction(url, token)
  const feed = await watch(id)
  await FeedReader.open(url, { transaction: id })
  await backchannel(url, 'info', { transaction: id }, { token })
  await callerSignsIn(url, id, 'not-the-password')
  await callerSignsIn(url, id)
  await feed.all()
  await callerSignsIn(url, id)
  expect(server.logged()).not.toContain(id)
  expect(server.logged()).not.toContain(token)
})
