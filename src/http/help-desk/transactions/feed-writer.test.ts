import { rmSync } from 'node:fs'
import { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createLiveFeed } from '../../../help-desk/transactions/live-feed.ts'
import { unknownOpener } from '../../../help-desk/transactions/transaction.ts'
import { newTransaction, Transactions } from '../../../help-desk/transactions/transactions.ts'
import { temporaryFolder } from '../../../store/sqlite/temporary-folder.ts'
import { openStores, type Stores } from '../../../store/stores.ts'
import { FeedRounds } from './feed-rounds.ts'
import { FeedWriter } from './feed-writer.ts'

const opening = {
  realm: '/alpha',
  journey: 'VerifyCaller',
  subject: undefined,
  data: {},
  allowRetry: true,
  trackingId: undefined,
  lifeSeconds: 180,
  openedBy: unknownOpener,
}

let dataFolder: string
let stores: Stores

beforeEach(async () => {
  dataFolder = temporaryFolder()
  stores = await openStores({ dataFolder, databaseUrl: undefined })
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
})

afterEach(async () => {
  vi.useRealTimers()
  await stores.close()
  rmSync(dataFolder, { recursive: true })
})

/** A connection that keeps what it gets. `isReading` tells whether its client takes anything. */
function connection({ isReading = true } = {}) {
  const parts: string[] = []
  const out = new Writable({
    decodeStrings: false,
    write(part, _encoding, done) {
      parts.push(String(part))
      if (isReading) done()
    },
  })
  return { out, written: () => parts.join('') }
}

/** Opens the feed of a new transaction. */
async function open(out: Writable, mayReadOn = async () => true) {
  const now = Date.now()
  const feed = createLiveFeed()
  const transactions = new Transactions(stores.transactions, feed, () => now)
  const { id, transaction } = newTransaction(opening, now)
  const { idHash } = transaction
  await transactions.apply([{ kind: 'create', transaction }])
  const sources = {
    transactions,
    feed,
    rounds: new FeedRounds(),
    codesOf: async () => undefined,
    mayReadOn,
    wasTakenOver: async () => false,
    now: () => now,
    metrics: { eventDelivered: () => undefined },
  }
  const release = vi.fn()
  new FeedWriter(sources, out, idHash, {
    after: undefined,
    isLate: false,
    isAgent: false,
    party: { by: 'client' },
    filter: (data: object) => ({ ...data }),
    redirectUri: undefined,
    release,
    onError: (error: unknown) => expect.fail(String(error)),
  }).start(now + 180_000)
  return { id, idHash, now, transactions, release }
}

test('delivers an event at the next keep-alive when its wake-up was lost', async () => {
  const { out, written } = connection()
  const { idHash, now } = await open(out)
  await vi.waitFor(() => expect(written()).toContain('event: snapshot'))

  // Directly in the store, so that no wake-up is sent.
  await stores.transactions.reject(idHash, true, now)
  vi.advanceTimersByTime(30_000)
  await finished(out)
  expect(written()).toContain('"kind":"notMe"')
})

test('ends at the next keep-alive for a reader who may no longer read', async () => {
  const { out, written } = connection()
  const mayReadOn = vi.fn(async () => true)
  const { idHash, now, release } = await open(out, mayReadOn)
  await vi.waitFor(() => expect(written()).toContain('event: snapshot'))
  mayReadOn.mockResolvedValue(false)
  await stores.transactions.confirm(idHash, now)
  vi.advanceTimersByTime(30_000)
  await finished(out)
  expect(written()).not.toContain('confirmed')
  expect(release).toHaveBeenCalledOnce()
})

test('disconnects a client that reads nothing from one keep-alive to the next', async () => {
  const { out } = connection({ isReading: false })
  const { release } = await open(out)
  await vi.waitFor(() => expect(out.writableLength).toBeGreaterThan(0))
  vi.advanceTimersByTime(30_000)
  expect(out.destroyed).toBe(false)
  vi.advanceTimersByTime(30_000)
  expect(out.destroyed).toBe(true)
  await vi.waitFor(() => expect(release).toHaveBeenCalledOnce())
})

test('disconnects a client with too much unread data instead of sending more', async () => {
  const { out } = connection({ isReading: false })
  const { id, transactions, release } = await open(out)
  await vi.waitFor(() => expect(out.writableLength).toBeGreaterThan(0))
  const data = { journeyStatus: 'x'.repeat(100_000) }
  for (let count = 0; count < 3; count++) {
    const unread = out.writableLength
    await transactions.notify(id, `notification ${count}`, data)
    await vi.waitFor(() => expect(out.writableLength).toBeGreaterThan(unread))
    expect(out.destroyed).toBe(false)
  }
  await transactions.notify(id, 'notification 3', data)
  await vi.waitFor(() => expect(release).toHaveBeenCalledOnce())
  expect(out.destroyed).toBe(true)
})

test('closes the connection of an ended feed at the next keep-alive if its client does not read the rest', async () => {
  const { out } = connection({ isReading: false })
  const { idHash, transactions, release } = await open(out)
  await transactions.cancel(idHash)
  await vi.waitFor(() => expect(release).toHaveBeenCalledOnce())
  expect(out.destroyed).toBe(false)
  vi.advanceTimersByTime(30_000)
  expect(out.destroyed).toBe(true)
})
