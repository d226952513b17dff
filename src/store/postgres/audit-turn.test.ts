import { pino } from 'pino'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { freshDatabase } from '../../../test/support/postgres-databases.ts'
import { AuditBook } from '../../audit/audit-book.ts'
import type { AuditRow } from '../../audit/chain.ts'
import { openStores } from '../stores.ts'

const { url, empty, drop } = await freshDatabase()
const stores = await openStores({ dataFolder: '', databaseUrl: url })
const log = pino({ level: 'silent' })

afterAll(async () => {
  await stores.close()
  await drop()
})

let now: number

beforeEach(async () => {
  await empty()
  now = 1_000_000
})

/** A server with its audit book, and the rows that it chained. */
async function startBook() {
  const chained: AuditRow[] = []
  const onChained = (rows: readonly AuditRow[]) => void chained.push(...rows)
  const book = new AuditBook({ store: stores.audit, now: () => now, log, onChained })
  await book.start()
  await book.settled()
  return { book, counts: () => chained.map(({ content }) => JSON.parse(content).count) }
}

type Server = Awaited<ReturnType<typeof startBook>>

const record = ({ book }: Server, count: number) =>
  book.record({ realm: '/alpha', eventName: 'AM-LOGOUT', count })

test('one server chains the entries of all', async () => {
  const first = await startBook()
  const second = await startBook()
  await record(second, 1)
  await record(first, 2)
  await second.book.settled()
  expect(second.counts()).toEqual([])
  await first.book.settled()
  expect(first.counts()).toEqual([1, 2])
  await first.book.close()
  await second.book.close()
})

test('the turn passes on when its server ends', async () => {
  const first = await startBook()
  const second = await startBook()
  await first.book.close()
  await record(second, 1)
  await second.book.settled()
  expect(second.counts()).toEqual([1])
  await second.book.close()
})

test('the turn passes on three seconds after its server has died', async () => {
  expect(await stores.audit.takeTurn('killed', now, now + 3000)).toBe(true)
  const other = await startBook()
  await record(other, 1)
  now += 2999
  await other.book.settled()
  expect(other.counts()).toEqual([])
  now += 1
  await other.book.settled()
  expect(other.counts()).toEqual([1])
  await other.book.close()
})

test('a server keeps its turn by renewing it', async () => {
  const first = await startBook()
  const second = await startBook()
  for (let count = 0; count < 5; count++) {
    now += 2000
    await first.book.settled()
    await record(second, count)
    await second.book.settled()
  }
  expect(second.counts()).toEqual([])
  await first.book.settled()
  expect(first.counts()).toEqual([0, 1, 2, 3, 4])
  await first.book.close()
  await second.book.close()
})

test('a server that ends chains what waits, whosever turn it is', async () => {
  const first = await startBook()
  const second = await startBook()
  await record(second, 1)
  await second.book.close()
  expect(second.counts()).toEqual([1])
  await first.book.close()
})
