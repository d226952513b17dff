import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AuditBook, type NewEntry } from '../../src/audit/audit-book.ts'
import { temporaryFolder } from '../../src/store/sqlite/temporary-folder.ts'
import { openStores, type Stores } from '../../src/store/stores.ts'

const start = Date.UTC(2026, 0, 1)
const dayMs = 24 * 3_600_000
const logout: NewEntry = { realm: '/alpha', eventName: 'AM-LOGOUT', result: 'SUCCESSFUL' }

let folder: string
let stores: Stores
let now: number
let book: AuditBook
let logged: string[]

beforeEach(async () => {
  folder = temporaryFolder()
  now = start
  logged = []
  await open()
})
afterEach(async () => {
  await book.close()
  await stores.close()
})

async function open() {
  stores = await openStores({ dataFolder: folder, databaseUrl: undefined })
  const log = pino({ level: 'error' }, { write: (line: string) => void logged.push(line) })
  book = new AuditBook({ store: stores.audit, now: () => now, log })
  await book.start()
}

/** Changes the database as no server would, and opens it again. */
async function tamper(...statements: string[]) {
  await book.close()
  await stores.close()
  const raw = new DatabaseSync(join(folder, 'sidegate.db'))
  for (const statement of statements) raw.exec(statement)
  raw.close()
  await open()
}

async function entries(filter: Partial<Parameters<AuditBook['search']>[0]> = {}) {
  await book.settled()
  return (await book.search({ realm: '/alpha', ...filter }, { limit: 100 })).found.map(({ entry }) => entry)
}

describe('an entry', () => {
  test('is stored with its time, in order', async () => {
    await book.record(logout, { ...logout, count: 2 })
    now += 1000
    await book.record({ ...logout, count: 3 })
    expect(await entries()).toEqual([
      { at: start + 1000, ...logout, count: 3 },
      { at: start, ...logout, count: 2 },
      { at: start, ...logout },
    ])
  })

  test('has only the declared members, and long values are cut', async () => {
    const wide = {
      ...logout,
      password: 'hunter2',
      who: { id: 'a'.repeat(300), realm: '/', secret: 'hunter2' },
      what: {
        kind: 'person',
        operation: 'UPDATE',
        value: 'hunter2',
        name: 'two\nlines',
        fields: Array.from({ length: 300 }, (_, i) => `f${i}`),
      },
    } as NewEntry
    await book.record(wide)
    const [kept] = await entries()
    expect(JSON.stringify(kept)).not.toContain('hunter2')
    expect(kept?.who?.id).toHaveLength(255)
    expect(kept?.what?.name).toBe('two lines')
    expect(kept?.what?.fields).toHaveLength(100)
  })

  test('survives a server that saved but did not chain it', async () => {
    await stores.audit.wait([book.waiting(logout)])
    await book.close()
    await stores.close()
    await open()
    expect(await entries()).toHaveLength(1)
  })
})

test('an entry that can’t be chained is saved, and chained later', async () => {
  const raw = new DatabaseSync(join(folder, 'sidegate.db'))
  raw.exec(`insert into audit_rows values (1, 1, '/', '{}', 'in the way', null)`)
  await book.record(logout, { ...logout, count: 2 })
  expect(await book.countWaiting()).toBe(2)
  expect(logged.join('')).toContain('chaining audit events failed, will retry')
  await book.settled()
  expect(await book.countWaiting()).toBe(2)
  raw.exec('delete from audit_rows')
  raw.close()
  await book.record({ ...logout, count: 3 })
  expect((await entries()).map(({ count }) => count)).toEqual([2, undefined, 3])
  expect(await book.countWaiting()).toBe(0)
  expect(await book.verify()).toMatchObject({ isWhole: true, rows: 3 })
})

describe('an action that requires an entry', () => {
  const change: NewEntry = { realm: '/alpha', eventName: 'AM-CONFIG-CHANGE' }

  test('is recorded with its result and details', async () => {
    const value = await book.during(
      change,
      async () => 7,
      (count) => ({ count }),
    )
    expect(value).toBe(7)
    expect(await entries()).toEqual([{ at: start, ...change, result: 'SUCCESSFUL', count: 7 }])
  })

  test('is recorded if it fails, and its error is passed on', async () => {
    const work = book.during(change, async () => {
      throw new Error('refused')
    })
    await expect(work).rejects.toThrow('refused')
    expect(await entries()).toEqual([{ at: start, ...change, result: 'FAILED' }])
  })

  test('is not done if the entry can’t be saved', async () => {
    let isDone = false
    await stores.close()
    const work = book.during(change, async () => {
      isDone = true
    })
    await expect(work).rejects.toThrow('The database is closed')
    expect(isDone).toBe(false)
  })

  test('is recorded with an unknown result if the server dies during it', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const work = book.during(change, () => promise)
    await expect.poll(() => stores.audit.countWaiting()).toBe(1)
    expect(await entries()).toEqual([])
    now += 121_000
    expect(await entries()).toEqual([{ at: start, ...change, result: 'UNKNOWN' }])
    resolve()
    await work
    expect(await entries()).toHaveLength(1)
  })
})

test('a lost entry of a finished action is logged, without an error', async () => {
  await stores.close()
  book.note(logout)
  await expect.poll(() => logged.join('')).toContain('saving an audit event failed')
})

describe('a search', () => {
  const ravi = { id: 'r-1', name: 'Ravi', realm: '/' }
  const elena = { id: 'e-1', name: 'elena', realm: '/alpha' }

  beforeEach(async () => {
    await book.record({ ...logout, who: elena })
    now += dayMs
    await book.record({
      realm: '/alpha',
      eventName: 'AM-CONFIG-CHANGE',
      who: ravi,
      what: { kind: 'journey', name: 'Verify caller', operation: 'UPDATE' },
    })
    now += dayMs
    await book.record({ ...logout, realm: '/beta', who: elena })
    await book.record({
      realm: '/alpha',
      eventName: 'AM-BACK-CHANNEL-INITIALIZE',
      who: ravi,
      whom: elena,
      ticket: 'INC-1',
      trackingIds: ['t-1', 'theirs'],
    })
  })

  test.each([
    [{}, ['AM-BACK-CHANNEL-INITIALIZE', 'AM-CONFIG-CHANGE', 'AM-LOGOUT']],
    [{ realm: undefined, who: 'elena' }, ['AM-LOGOUT', 'AM-LOGOUT']],
    [{ realm: '/beta' }, ['AM-LOGOUT']],
    [{ events: ['AM-LOGOUT'] }, ['AM-LOGOUT']],
    [{ events: ['am-logout', 'AM-CONFIG-CHANGE'] }, ['AM-CONFIG-CHANGE', 'AM-LOGOUT']],
    [{ who: 'ravi' }, ['AM-BACK-CHANNEL-INITIALIZE', 'AM-CONFIG-CHANGE']],
    [{ who: 'R-1', events: ['AM-CONFIG-CHANGE'] }, ['AM-CONFIG-CHANGE']],
    [{ whom: 'e-1' }, ['AM-BACK-CHANNEL-INITIALIZE']],
    [{ transaction: 'theirs' }, ['AM-BACK-CHANNEL-INITIALIZE']],
    [{ transaction: 'other' }, []],
    [{ ticket: 'inc-1' }, ['AM-BACK-CHANNEL-INITIALIZE']],
    [{ ticket: 'inc-1', journey: 'another' }, []],
    [{ text: 'verify CALL' }, ['AM-CONFIG-CHANGE']],
    [{ text: 'eventName' }, []],
    [{ from: start + dayMs }, ['AM-BACK-CHANNEL-INITIALIZE', 'AM-CONFIG-CHANGE']],
    [{ to: start + dayMs }, ['AM-LOGOUT']],
    [{ from: start + 1, to: start + 2 * dayMs }, ['AM-CONFIG-CHANGE']],
  ])('for %j finds the matching entries, newest first', async (filter, expected) => {
    expect((await entries(filter)).map(({ eventName }) => eventName)).toEqual(expected)
  })

  test('continues page by page', async () => {
    await book.settled()
    const first = await book.search({ realm: '/alpha' }, { limit: 2 })
    expect(first.found.map(({ sequence }) => sequence)).toEqual([4, 2])
    const second = await book.search({ realm: '/alpha' }, { limit: 2, before: first.next ?? 0 })
    expect(second.found.map(({ sequence }) => sequence)).toEqual([1])
    expect(second.next).toBeUndefined()
  })

  test('reads one entry by its number', async () => {
    await book.settled()
    expect(await book.read(1)).toMatchObject({ sequence: 1, entry: { eventName: 'AM-LOGOUT' } })
    expect(await book.read(9)).toBeUndefined()
  })
})

describe('the chain', () => {
  beforeEach(async () => {
    for (let count = 1; count <= 5; count++) await book.record({ ...logout, count })
    await book.settled()
  })

  test('is valid over restarts', async () => {
    await tamper()
    await book.record(logout)
    await book.settled()
    expect(await book.verify()).toMatchObject({ isWhole: true, rows: 6, last: { sequence: 6 } })
  })

  test.each([
    ['a changed entry', `update audit_rows set content = replace(content, '"count":3', '"count":9')`, 3],
    ['a changed time', 'update audit_rows set at = at + 1 where sequence = 2', 2],
    ['a changed realm', `update audit_rows set realm = '/beta' where sequence = 2`, 2],
    ['a changed correlation id', `update audit_rows set correlation_id = 'other' where sequence = 2`, 2],
    ['a removed row', 'delete from audit_rows where sequence = 4', 4],
    ['a removed beginning', 'delete from audit_rows where sequence = 1', 1],
    ['a removed end', 'delete from audit_rows where sequence = 5', 5],
    ['a changed end', `update audit_chain set head_hash = 'x'`, 5],
  ])('reports the first wrong row after %s', async (_what, statement, brokenAt) => {
    await tamper(statement)
    expect(await book.verify()).toMatchObject({ isWhole: false, brokenAt, reason: expect.any(String) })
  })

  test('that was rewritten differs from a noted hash', async () => {
    const { head } = await book.state()
    expect(await book.verify(head)).toMatchObject({ isWhole: true })
    expect(await book.verify({ sequence: 3, hash: head.hash })).toMatchObject({ isWhole: false, brokenAt: 3 })
    expect(await book.verify({ sequence: 9, hash: head.hash })).toMatchObject({ isWhole: false, brokenAt: 6 })
  })

  test('stays valid when its oldest rows are deleted, which is recorded', async () => {
    await book.configure({ retentionDays: 10, keepsNodes: false })
    now += 9 * dayMs
    await book.record({ ...logout, count: 6 })
    await book.settled()
    expect(await book.removeOld()).toBe(0)
    now += 2 * dayMs
    expect(await book.removeOld()).toBe(5)
    await book.settled()
    expect(await book.verify()).toMatchObject({ isWhole: true, rows: 2, last: { sequence: 7 } })
    expect((await entries()).map(({ count }) => count)).toEqual([6])
    const [removal] = await entries({ realm: '/' })
    expect(removal).toMatchObject({ eventName: 'SIDEGATE-AUDIT-REMOVED', count: 5 })
    await tamper(`update audit_chain set removed_hash = '${'1'.repeat(64)}'`)
    expect(await book.verify()).toMatchObject({ isWhole: false, brokenAt: 6 })
  })

  test('is kept forever if no retention is set', async () => {
    await book.configure({ retentionDays: 0, keepsNodes: false })
    now += 10_000 * dayMs
    expect(await book.removeOld()).toBe(0)
  })
})
