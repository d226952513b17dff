import { rmSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Transaction } from '../help-desk/transactions/transaction.ts'
import { realmSettingsSchema } from '../realms/realm.ts'
import { exampleCommit, exampleJourneySession, exampleTransaction, start } from './contract/examples.ts'
import type { Database } from './database.ts'
import type { Statement } from './query.ts'
import { RecentTransactions } from './recent-transactions.ts'
import { temporaryFolder } from './sqlite/temporary-folder.ts'
import { openStores, type Stores } from './stores.ts'
import * as statements from './transaction-statements.ts'

const now = start + 1000

let folder: string
let stores: Stores

beforeEach(async () => {
  folder = temporaryFolder()
  stores = await openStores({ dataFolder: folder, databaseUrl: undefined })
})
afterEach(async () => {
  await stores.close()
  rmSync(folder, { recursive: true })
})

async function opened(): Promise<Transaction> {
  const transaction = exampleTransaction()
  await stores.transactions.apply([{ kind: 'create', transaction }])
  return transaction
}

/** The transaction from memory or storage, and as storage has it. */
async function both({ idHash, reference, realm }: Transaction) {
  return [await stores.transactions.read(idHash), await stores.transactions.byReference(realm, reference)]
}

const changes: Record<string, (transaction: Transaction) => Promise<unknown>> = {
  start: ({ idHash }) => stores.transactions.apply([{ kind: 'start', idHash, now }]),
  complete: ({ idHash }) =>
    stores.transactions.apply([
      { kind: 'complete', idHash, now, sessionProperties: { a: 'b' }, reportedAfter: now },
    ]),
  'complete in a step': ({ idHash }) =>
    stores.steps.commit(
      exampleCommit(exampleJourneySession(), {
        transactions: [{ kind: 'complete', idHash, now, sessionProperties: {}, reportedAfter: now }],
      }),
    ),
  deny: ({ idHash }) => stores.transactions.apply([{ kind: 'deny', idHash, now }]),
  wrongPerson: ({ idHash }) =>
    stores.transactions.apply([{ kind: 'wrongPerson', idHash, now, isFinal: true }]),
  notify: ({ idHash }) => stores.transactions.notify(idHash, 'key', { journeyStatus: 'new' }, now),
  cancel: ({ idHash }) => stores.transactions.cancel(idHash, now),
  reject: ({ idHash }) => stores.transactions.reject(idHash, true, now),
  confirm: ({ idHash }) => stores.transactions.confirm(idHash, now),
  linkMailed: ({ idHash }) => stores.transactions.linkMailed(idHash, 'mail', true, now),
  'maintenance of content': () => stores.transactions.deleteEndedContent(start + 1_000_000),
  maintenance: () => stores.transactions.deleteEnded(start + 1_000_000),
}

test.each(Object.keys(changes))('after %s, nobody reads the earlier state', async (name) => {
  const transaction = await opened()
  const [before] = await both(transaction)
  expect(before).toEqual(transaction)
  const isChanged = changes[name]?.(transaction)
  // While the change is on its way, the state before it may be read, but must not stay.
  await stores.transactions.read(transaction.idHash)
  await isChanged
  const [read, stored] = await both(transaction)
  expect(stored).not.toEqual(transaction)
  expect(read).toEqual(stored)
})

test('a deleted realm takes its transactions along', async () => {
  const settings = realmSettingsSchema.parse({})
  await stores.realms.save({ path: '/alpha', isActive: true, aliases: [], settings })
  const transaction = await opened()
  expect(await stores.transactions.read(transaction.idHash)).toEqual(transaction)
  expect(await stores.realms.remove('/alpha')).toBe(true)
  expect(await stores.transactions.read(transaction.idHash)).toBeUndefined()
})

test('an answer from memory is of this caller alone', async () => {
  const transaction = await opened()
  await stores.transactions.notify(transaction.idHash, 'key', { status: { text: 'first' } }, now)
  const read = async () => (await stores.transactions.read(transaction.idHash)) as Transaction
  const first = await read()
  first.data.ticket = 'changed'
  Object.assign(first.notificationData?.status ?? {}, { text: 'changed' })
  first.sessionProperties.added = 'changed'
  const second = await read()
  expect(second.data).toEqual({ ticket: 7 })
  expect(second.notificationData).toEqual({ status: { text: 'first' } })
  expect(second.sessionProperties).toEqual({})
})

/** A database whose writes end when the test says so, and a count of the transactions read from it. */
function slowDatabase(recent: RecentTransactions, transaction: Transaction) {
  const writes: PromiseWithResolvers<void>[] = []
  let reads = 0
  // The only method that `watched` calls.
  const database = {
    async write() {
      const write = Promise.withResolvers<void>()
      writes.push(write)
      await write.promise
      return { kind: 'saved', results: [] }
    },
  } as unknown as Database
  const { write } = recent.watched(database)
  return {
    write: (...unit: Statement[]) => write(unit),
    writes,
    reads: () => {
      const before = reads
      recent.read(transaction.idHash, () => {
        reads++
        return transaction
      })
      return reads - before
    },
  }
}

const change = (idHash: string) => statements.note({ idHash, now })

test('reads the database while any unit that changes the transaction is on its way', async () => {
  const transaction = exampleTransaction()
  const { write, writes, reads } = slowDatabase(new RecentTransactions(), transaction)
  expect([reads(), reads()]).toEqual([1, 0])
  const saved = [write(change(transaction.idHash)), write(change(transaction.idHash))]
  expect([reads(), reads()]).toEqual([1, 1])
  writes[0]?.resolve()
  await saved[0]
  expect([reads(), reads()]).toEqual([1, 1])
  writes[1]?.resolve()
  await saved[1]
  expect([reads(), reads()]).toEqual([1, 0])
})

test('a failed unit and one for all transactions count too, and one for another does not', async () => {
  const transaction = exampleTransaction()
  const { write, writes, reads } = slowDatabase(new RecentTransactions(), transaction)
  reads()
  const failing = write(change(transaction.idHash))
  writes[0]?.reject(new Error('the disk is full'))
  await expect(failing).rejects.toThrow('the disk is full')
  expect([reads(), reads()]).toEqual([1, 0])
  const ofAll = write(statements.removeEnded({ before: now, limit: 10 }))
  expect([reads(), reads()]).toEqual([1, 1])
  writes[1]?.resolve()
  await ofAll
  reads()
  void write(change('another'))
  expect(reads()).toBe(0)
})

test('keeps nothing that it waited for', async () => {
  const transaction = exampleTransaction()
  const recent = new RecentTransactions()
  let reads = 0
  const load = async () => {
    reads++
    return transaction
  }
  await recent.read(transaction.idHash, load)
  await recent.read(transaction.idHash, load)
  expect(reads).toBe(2)
})

test('forgets the oldest when the texts become too long', () => {
  const recent = new RecentTransactions()
  const read: string[] = []
  const readOne = (idHash: string) =>
    recent.read(idHash, () => {
      read.push(idHash)
      return exampleTransaction({ idHash, data: { long: 'x'.repeat(1_000_000) } })
    })
  for (const idHash of '123456789') readOne(idHash)
  readOne('9')
  expect(read).toHaveLength(9)
  readOne('1')
  expect(read).toHaveLength(10)
})
