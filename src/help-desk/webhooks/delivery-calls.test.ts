import { randomBytes } from 'node:crypto'
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { afterEach, expect, test, vi } from 'vitest'
import { startHooks } from '../../../test/support/hooks-server.ts'
import { openNewStores } from '../../../test/support/new-database.ts'
import { CallOutbox, type SendCall } from '../../outbox/call-outbox.ts'
import { createSealer } from '../../secrets/seal.ts'
import { exampleCommit, exampleJourneySession, exampleTransaction } from '../../store/contract/examples.ts'
import { noTracing } from '../../telemetry/traces/tracing.ts'
import { unknownOpener } from '../transactions/transaction.ts'
import { deliveryCalls } from './delivery-calls.ts'
import { newWebhookSecret, signatureHeaders } from './signature.ts'
import { type Webhook, webhookEvents } from './webhook.ts'

const opened: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close()
})

const begin = 1_800_000_000_000

/** A webhook on this machine, real storage, and an outbox of calls with a clock that the test sets. */
async function prepared(change: { sendOf?: (hooks: { sendFenced: SendCall }) => SendCall } = {}) {
  const hooks = await startHooks()
  opened.push(hooks.stop)
  const stores = await openNewStores()
  opened.push(() => stores.close())
  const sealer = createSealer(randomBytes(32))
  const clock = { now: begin }
  const now = () => clock.now
  const lines: string[] = []
  const sink = new Writable({ write: (chunk, _encoding, done) => done(void lines.push(String(chunk))) })
  const callOutbox = new CallOutbox({
    store: stores.calls,
    sealer,
    send: change.sendOf?.(hooks) ?? hooks.send,
    signLogoutToken: async () => '',
    callOf: deliveryCalls({ ...stores, store: stores.webhooks, sealer, now }),
    resultBody: async () => '',
    tracing: noTracing,
    now,
    log: pino(sink),
  })
  opened.push(() => callOutbox.close())
  const secret = newWebhookSecret()
  const receiver: Webhook = {
    id: 'tickets',
    realm: '/alpha',
    url: `http://${hooks.host}/checks?desk=1`,
    events: [...webhookEvents],
    enabled: true,
    secret: sealer.seal(secret),
    createdAt: begin,
  }
  await stores.webhooks.save(receiver)
  return { hooks, stores, callOutbox, clock, lines, secret, receiver }
}

type Prepared = Awaited<ReturnType<typeof prepared>>

/** Saves a check that an agent opened, like a step of a journey. */
async function opensCheck({ stores }: Prepared) {
  const transaction = exampleTransaction({
    openedBy: {
      ...unknownOpener,
      journey: 'HelpDesk',
      isHelpDesk: true,
      agent: { id: 'dana-id', name: 'dana', displayName: 'Dana Desk' },
    },
    subject: { kind: 'user', id: 'elena-id', name: 'elena.marsh' },
    purpose: { action: 'Unlock the account', reason: 'Lost it', ticket: 'INC-1', vouchFor: undefined },
    data: { secretOfTheJourney: 'hidden' },
    createdAt: begin,
  })
  const verification = {
    idHash: transaction.idHash,
    realm: '/alpha',
    codes: 'sealed codes',
    triesLeft: 3,
    isBound: false,
    methods: [],
    level: 0,
  } as const
  const commit = exampleCommit(exampleJourneySession(), {
    transactions: [{ kind: 'create', transaction }],
    verifications: [{ kind: 'open', verification, now: begin }],
  })
  expect(await stores.steps.commit(commit)).toBe('committed')
  return transaction
}

/** Approves a check as a journey does in which the caller proved a password. */
async function approves({ stores, clock }: Prepared, idHash: string) {
  const now = clock.now
  const commit = exampleCommit(exampleJourneySession(), {
    transactions: [{ kind: 'complete', idHash, now, sessionProperties: {}, reportedAfter: now }],
    verifications: [{ kind: 'prove', idHash, isBound: true, methods: ['pwd'], level: 1 }],
  })
  expect(await stores.steps.commit(commit)).toBe('committed')
}

test('names the agent at the time of each event', async () => {
  const world = await prepared()
  const { idHash } = await opensCheck(world)
  const from = { id: 'dana-id', name: 'dana', displayName: 'Dana Desk' }
  const to = { id: 'noor-id', name: 'noor', displayName: 'Noor Night' }
  world.clock.now += 1_000
  await world.stores.transactions.takeOver(idHash, { from, to, isOffered: false }, world.clock.now)
  world.callOutbox.start()
  await world.hooks.asked(2)
  const bodies = world.hooks.requests.map(({ body }) => JSON.parse(body))
  const agents = bodies.map(({ type, data }) => [type, data.agent])
  expect(agents).toContainEqual(['verification.created', { _id: 'dana-id', displayName: 'Dana Desk' }])
  expect(agents).toContainEqual(['verification.takenOver', { _id: 'noor-id', displayName: 'Noor Night' }])
})

test('sends what a ticket needs, and nothing that gives access', async () => {
  const world = await prepared()
  const { idHash, reference } = await opensCheck(world)
  await world.stores.transactions.notify(idHash, 'key', { journeyStatus: 'hidden' }, begin)
  world.clock.now += 1_000
  await approves(world, idHash)
  world.callOutbox.start()
  await world.hooks.asked(2)
  const bodies = world.hooks.requests.map(({ body }) => JSON.parse(body))
  const common = {
    realm: '/alpha',
    reference,
    check: 'HelpDesk',
    action: 'Unlock the account',
    ticket: 'INC-1',
    agent: { _id: 'dana-id', displayName: 'Dana Desk' },
    subject: { _id: 'elena-id', userName: 'elena.marsh' },
  }
  expect(bodies.find(({ type }) => type === 'verification.created')).toEqual({
    type: 'verification.created',
    timestamp: new Date(begin).toISOString(),
    data: { ...common, sequence: null, result: null, ending: null },
  })
  expect(bodies.find(({ type }) => type === 'verification.approved')).toEqual({
    type: 'verification.approved',
    timestamp: new Date(begin + 1_000).toISOString(),
    data: {
      ...common,
      sequence: 2,
      result: 'APPROVED',
      ending: 'approved',
      isBound: true,
      methods: ['pwd'],
      level: 1,
    },
  })
  expect(JSON.stringify(bodies)).not.toMatch(/hidden|sealed|Lost it/)
  expect(JSON.stringify(bodies)).not.toContain(idHash)
  expect(world.lines.join('')).not.toMatch(/elena|dana|INC-1|127\.0\.0\.1|whsec/)
})

test('sends deliveries that a crashed server left', async () => {
  const world = await prepared()
  const { idHash } = await opensCheck(world)
  await approves(world, idHash)
  // No outbox was started or woken, so only the rows are left.
  expect(await world.stores.calls.count()).toBe(2)
  world.callOutbox.start()
  await world.hooks.asked(2)
  await vi.waitFor(async () => expect(await world.stores.calls.count()).toBe(0))
})

test('retries under the same id with a new signature and time', async () => {
  const world = await prepared()
  const { hooks, stores, clock, callOutbox, secret } = world
  hooks.answer.status = 500
  callOutbox.start()
  await opensCheck(world)
  callOutbox.wake()
  const first = await hooks.asked(1)
  const [waiting] = await vi.waitFor(async () => {
    const found = await stores.webhooks.deliveries({
      realm: '/alpha',
      receiver: 'tickets',
      state: 'waiting',
      after: undefined,
      limit: 9,
    })
    expect(found).toMatchObject([{ tries: 1, lastStatus: 500, nextTryAt: clock.now + 5_000 }])
    return found
  })
  hooks.answer.status = 204
  clock.now += 5_000
  callOutbox.wake()
  const second = await hooks.asked(2)
  expect(second.body).toBe(first.body)
  for (const [{ headers, body }, at] of [
    [first, begin],
    [second, begin + 5_000],
  ] as const) {
    expect(headers).toMatchObject(signatureHeaders({ id: waiting?.id ?? '', body }, secret, at))
  }
  await vi.waitFor(async () =>
    expect(await stores.webhooks.delivery(waiting?.id ?? '')).toMatchObject({
      state: 'delivered',
      tries: 2,
      lastStatus: 204,
      lastTriedAt: begin + 5_000,
    }),
  )
})

test.each([301, 307, 401, 404])(
  'an answer of %d is no delivery: it is tried again, and where it leads is not asked',
  async (status) => {
    const world = await prepared()
    world.hooks.answer.status = status
    world.hooks.answer.headers = { location: `http://${world.hooks.host}/elsewhere` }
    world.callOutbox.start()
    await opensCheck(world)
    world.callOutbox.wake()
    await world.hooks.asked(1)
    await vi.waitFor(async () => expect(await world.stores.calls.nextDue()).toBe(begin + 5_000))
    expect(world.hooks.requests.map(({ url }) => url)).toEqual(['/checks?desk=1'])
  },
)

const failed = { state: 'failed', tries: 1 } as const

async function onlyDelivery({ stores }: Prepared) {
  await vi.waitFor(async () => expect(await stores.calls.count()).toBe(0))
  const filter = { realm: '/alpha', receiver: undefined, state: undefined, after: undefined, limit: 9 }
  return stores.webhooks.deliveries(filter)
}

test('stops after status 410', async () => {
  const world = await prepared()
  world.hooks.answer.status = 410
  await opensCheck(world)
  world.callOutbox.start()
  expect(await onlyDelivery(world)).toMatchObject([{ ...failed, lastStatus: 410 }])
})

test('does not call a fenced address', async () => {
  const world = await prepared({ sendOf: ({ sendFenced }) => sendFenced })
  await opensCheck(world)
  world.callOutbox.start()
  expect(await onlyDelivery(world)).toMatchObject([{ ...failed, lastStatus: undefined }])
  expect(world.hooks.requests).toEqual([])
})

test('sends nothing to a webhook that was disabled meanwhile', async () => {
  const world = await prepared()
  await opensCheck(world)
  await world.stores.webhooks.save({ ...world.receiver, enabled: false })
  world.callOutbox.start()
  expect(await onlyDelivery(world)).toMatchObject([failed])
  expect(world.hooks.requests).toEqual([])
})

test('gives up after twenty attempts', async () => {
  const world = await prepared({ sendOf: () => () => Promise.reject(new Error('connection refused')) })
  await opensCheck(world)
  world.callOutbox.start()
  await vi.waitFor(async () => {
    world.clock.now += 3 * 3_600_000
    world.callOutbox.wake()
    expect(await world.stores.calls.count()).toBe(0)
  }, 10_000)
  expect(await onlyDelivery(world)).toMatchObject([{ state: 'failed', tries: 20 }])
})
