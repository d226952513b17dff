import { rmSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { PassThrough } from 'node:stream'
import { expect, test, vi } from 'vitest'
import { createLiveFeed } from '../../../help-desk/transactions/live-feed.ts'
import { unknownOpener } from '../../../help-desk/transactions/transaction.ts'
import { newTransaction, Transactions } from '../../../help-desk/transactions/transactions.ts'
import { temporaryFolder } from '../../../store/sqlite/temporary-folder.ts'
import { openStores } from '../../../store/stores.ts'
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

test('delivers an event at the next keep-alive when its wake-up was lost', async () => {
  const dataFolder = temporaryFolder()
  const stores = await openStores({ dataFolder, databaseUrl: undefined })
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  try {
    const now = Date.now()
    const feed = createLiveFeed()
    const transactions = new Transactions(stores.transactions, feed, () => now)
    const { transaction } = newTransaction(opening, now)
    await transactions.apply([{ kind: 'create', transaction }])
    const out = new PassThrough()
    const text = out.setEncoding('utf8')[Symbol.asyncIterator]()
    const sources = { transactions, feed, now: () => now, metrics: { eventDelivered: () => undefined } }
    const options = {
      after: undefined,
      isLate: false,
      codes: async () => undefined,
      filter: (data: object) => ({ ...data }),
      redirectUri: undefined,
      release: () => undefined,
      onError: (error: unknown) => expect.fail(String(error)),
    }
    new FeedWriter(sources, out as unknown as ServerResponse, transaction.idHash, options).start(
      now + 180_000,
    )
    expect(String((await text.next()).value)).toContain('event: snapshot')

    // Directly in the store, so that no wake-up is sent.
    await stores.transactions.reject(transaction.idHash, true, now)
    vi.advanceTimersByTime(30_000)
    let written = ''
    for (let part = await text.next(); part.done !== true; part = await text.next()) written += part.value
    expect(written).toContain('"kind":"notMe"')
  } finally {
    vi.useRealTimers()
    await stores.close()
    rmSync(dataFolder, { recursive: true })
  }
})
