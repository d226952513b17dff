import { randomBytes } from 'node:crypto'
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { afterEach, expect, test, vi } from 'vitest'
import { startHooks } from '../../test/support/hooks-server.ts'
import { openNewStores } from '../../test/support/new-database.ts'
import { startRecording, verdictsIn } from '../../test/support/trace-receiver.ts'
import { createSealer } from '../secrets/seal.ts'
import { exampleSession } from '../store/contract/examples.ts'
import { noTracing, type Tracing } from '../telemetry/traces/tracing.ts'
import type { OutgoingCall } from './call.ts'
import { CallOutbox, type SendCall } from './call-outbox.ts'

const opened: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close()
})

/** An outbox of calls with real storage, a clock that the test sets, and a server to call. */
async function prepared(change: { send?: SendCall; isFenced?: true; tracing?: Tracing } = {}) {
  const hooks = await startHooks()
  opened.push(hooks.stop)
  const stores = await openNewStores()
  opened.push(() => stores.close())
  const lines: string[] = []
  const sink = new Writable({ write: (chunk, _encoding, done) => done(void lines.push(String(chunk))) })
  const clock = { now: 1_800_000_000_000 }
  const send = change.send ?? (change.isFenced ? hooks.sendFenced : hooks.send)
  const parts = {
    store: stores.calls,
    sealer: createSealer(randomBytes(32)),
    send,
    callOf: async () => undefined,
    resultBody: async () => '',
    signLogoutToken: async () => '',
    tracing: change.tracing ?? noTracing,
    now: () => clock.now,
    log: pino(sink),
  }
  const callOutbox = new CallOutbox(parts)
  opened.push(() => callOutbox.close())
  const call: OutgoingCall = {
    url: `http://${hooks.host}/bye?user=kim`,
    method: 'POST',
    headers: { 'content-type': 'text/plain', authorization: 'Bearer secret' },
    body: 'kim has left',
  }
  const queue = async (...calls: OutgoingCall[]) => {
    const session = exampleSession()
    await stores.sessions.create(session)
    const queued = calls.map((each) => callOutbox.queued('/alpha', 'webhook Goodbye', each))
    await stores.sessions.remove(session.tokenHash, queued)
    callOutbox.wake()
    return queued
  }
  return { hooks, stores, callOutbox, clock, lines, call, queue, another: () => new CallOutbox(parts) }
}

test('makes a call once, as it was queued, and removes it', async () => {
  const { hooks, stores, callOutbox, call, queue, lines } = await prepared()
  callOutbox.start()
  const [queued] = await queue(call)
  expect(await hooks.asked(1)).toMatchObject({
    method: 'POST',
    url: '/bye?user=kim',
    headers: {
      'content-type': 'text/plain',
      authorization: 'Bearer secret',
      'x-forgerock-transactionid': queued?.id,
    },
    body: 'kim has left',
  })
  await vi.waitFor(async () => expect(await stores.calls.count()).toBe(0))
  expect(hooks.requests).toHaveLength(1)
  expect(lines.join('')).toContain('made an outgoing call')
})

test('keeps the content of calls out of storage and log', async () => {
  const { hooks, callOutbox, call, queue, lines, stores } = await prepared()
  const [queued] = await queue(call)
  expect(JSON.stringify(queued)).not.toMatch(/kim has left|Bearer|user=kim|127\.0\.0\.1/)
  hooks.answer.status = 500
  callOutbox.start()
  await hooks.asked(1)
  await vi.waitFor(() => expect(lines.join('')).toContain('will retry'))
  expect(await stores.calls.count()).toBe(1)
  expect(lines.join('')).not.toMatch(/kim has left|Bearer|user=kim|127\.0\.0\.1/)
})

test('makes calls from before the start, each once', async () => {
  const { hooks, stores, callOutbox, call, queue, another } = await prepared()
  await queue(...Array.from({ length: 9 }, (_, i) => ({ ...call, body: `${i}` })))
  const second = another()
  opened.push(() => second.close())
  callOutbox.start()
  second.start()
  await hooks.asked(9)
  await vi.waitFor(async () => expect(await stores.calls.count()).toBe(0))
  expect(hooks.requests.map(({ body }) => body).sort()).toEqual([...'012345678'])
})

test.each([500, 503, 429, 408])(
  'retries after status %d with growing pauses and the same id',
  async (status) => {
    const { hooks, stores, callOutbox, clock, call, queue } = await prepared()
    hooks.answer.status = status
    callOutbox.start()
    await queue(call)
    await hooks.asked(1)
    await vi.waitFor(async () => expect(await stores.calls.nextDue()).toBe(clock.now + 5_000))
    clock.now += 5_000
    callOutbox.wake()
    await hooks.asked(2)
    await vi.waitFor(async () => expect(await stores.calls.nextDue()).toBe(clock.now + 10_000))
    hooks.answer.status = 204
    clock.now += 10_000
    callOutbox.wake()
    await hooks.asked(3)
    await vi.waitFor(async () => expect(await stores.calls.count()).toBe(0))
    expect(new Set(hooks.requests.map(({ headers }) => headers['x-forgerock-transactionid'])).size).toBe(1)
  },
)

test.each([400, 401, 404, 410, 304])('treats status %d as final', async (status) => {
  const { hooks, stores, callOutbox, call, queue, lines } = await prepared()
  hooks.answer.status = status
  callOutbox.start()
  await queue(call)
  await vi.waitFor(async () => expect(await stores.calls.count()).toBe(0))
  expect(hooks.requests).toHaveLength(1)
  expect(lines.join('')).toContain(`"status":${status},"msg":"an outgoing call failed, giving up"`)
})

test('does not follow redirects', async () => {
  const { hooks, stores, callOutbox, call, queue } = await prepared()
  hooks.answer.status = 307
  hooks.answer.headers = { location: '/elsewhere' }
  callOutbox.start()
  await queue(call)
  await vi.waitFor(async () => expect(await stores.calls.count()).toBe(0))
  expect(hooks.requests.map(({ url }) => url)).toEqual(['/bye?user=kim'])
})

test("does not call an address that scripts can't reach", async () => {
  const { hooks, stores, callOutbox, call, queue, lines } = await prepared({ isFenced: true })
  callOutbox.start()
  await queue(call, { ...call, url: 'ftp://hooks.example.com' })
  await vi.waitFor(async () => expect(await stores.calls.count()).toBe(0))
  expect(hooks.requests).toEqual([])
  expect(lines.filter((line) => line.includes('giving up'))).toHaveLength(2)
})

test('retries an unreachable server and gives up after twenty attempts', async () => {
  const recording = await startRecording()
  const { stores, callOutbox, clock, call, queue, lines } = await prepared({
    send: () => Promise.reject(new Error('connection refused')),
    tracing: recording.tracing,
  })
  await queue(call)
  callOutbox.start()
  await vi.waitFor(async () => {
    clock.now += 3 * 3_600_000
    callOutbox.wake()
    expect(await stores.calls.count()).toBe(0)
  }, 10_000)
  expect(lines.filter((line) => line.includes('will retry'))).toHaveLength(19)
  expect(lines.filter((line) => line.includes('giving up'))).toHaveLength(1)
  await callOutbox.close()
  expect(verdictsIn(await recording.finish())).toEqual([...Array(19).fill('again'), 'never'])
})

test('waits for calls in flight when it closes', async () => {
  let finish: (answer: { status: number }) => void = () => undefined
  const { stores, callOutbox, call, queue } = await prepared({
    send: () =>
      new Promise((resolve) => {
        finish = resolve
      }),
  })
  const before = finish
  callOutbox.start()
  await queue(call)
  await vi.waitFor(() => expect(finish).not.toBe(before))
  const closed = callOutbox.close()
  finish({ status: 200 })
  await closed
  expect(await stores.calls.count()).toBe(0)
})
