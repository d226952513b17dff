import { once } from 'node:events'
import { createServer } from 'node:net'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { asSuperuser, bareDatabase, freshDatabase } from '../../../test/support/postgres-databases.ts'
import { startPostgres } from '../../../test/support/postgres-server.ts'
import { BusyError, OperationError } from '../../base/errors.ts'
import { exampleIdentity, exampleTransaction, start } from '../contract/examples.ts'
import { openStores, type Stores } from '../stores.ts'

/** The lock that migrations of Kysely take. */
const migrationLock = '3853314791062309107'

const on = (databaseUrl: string) => openStores({ dataFolder: '', databaseUrl })

describe('opening a database', () => {
  const fresh = freshDatabase()
  afterAll(async () => (await fresh).drop())

  /** The URL of the test database with changes. */
  async function urlWith(change: Partial<URL>): Promise<string> {
    return Object.assign(new URL((await fresh).url), change).href
  }

  test.each<[what: string, change: Partial<URL>, reason: RegExp]>([
    ['a wrong password', { password: 'hunter2' }, /password authentication failed/],
    ['an unknown user', { username: 'stranger' }, /password authentication failed/],
    ['an unknown database', { pathname: 'nowhere' }, /database "nowhere" does not exist/],
    ['a host without a name', { hostname: 'nowhere.invalid' }, /nowhere\.invalid/],
  ])('reports %s without the password', async (_, change, reason) => {
    const opening = on(await urlWith(change))
    await expect(opening).rejects.toThrow(OperationError)
    await expect(opening).rejects.toThrow(reason)
    await expect(opening).rejects.not.toThrow(/hunter2|test.pass/)
  })

  test('reports the address of an unreachable database', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : 0
    await new Promise((resolve) => server.close(resolve))
    const opening = on(`postgres://sidegate:hunter2@127.0.0.1:${port}/sidegate`)
    await expect(opening).rejects.toThrow(`127.0.0.1:${port}/sidegate cannot be used: connect ECONNREFUSED`)
    await expect(opening).rejects.not.toThrow('hunter2')
  })

  test('does not repeat an invalid URL, which can contain a password', async () => {
    const opening = on('postgres://user:hunter2%@[host/db')
    await expect(opening).rejects.toThrow('DATABASE_URL is not a URL')
    await expect(opening).rejects.not.toThrow('hunter2')
  })

  test('migrates a new database once when several servers start together', async () => {
    const name = 'started_at_once'
    await asSuperuser((client) => client.query(`create database ${name}`))
    const url = await urlWith({ pathname: name })
    const all = await Promise.all(Array.from({ length: 5 }, () => on(url)))
    expect(await Promise.all(all.map((stores) => stores.configuration.version()))).toEqual([0, 0, 0, 0, 0])
    await Promise.all(all.map((stores) => stores.close()))
    await asSuperuser((client) => client.query(`drop database ${name}`))
  })
})

test('migrates again after a deadlock with a server that uses the database', async () => {
  const { url, drop } = await bareDatabase()
  try {
    await asSuperuser(async (server) => {
      // The migration notices the deadlock, and not the other.
      await server.query(`set deadlock_timeout = '1min'`)
      await server.query('begin')
      await server.query('create table transactions (id text)')
      const opening = on(url)
      const waits = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
      await asSuperuser(async (client) => {
        while ((await client.query(waits)).rowCount === 0);
      }, url)
      await server.query(`select pg_advisory_lock(${migrationLock})`)
      await server.query('rollback')
      await server.query('select pg_advisory_unlock_all()')
      const stores = await opening
      expect(await stores.configuration.version()).toBe(0)
      await stores.close()
    }, url)
  } finally {
    await drop()
  }
})

describe('an open database', () => {
  const fresh = freshDatabase()
  let stores: Stores
  beforeEach(async () => {
    const { url, empty } = await fresh
    await empty()
    stores = await on(url)
    return () => stores.close()
  })
  afterAll(async () => (await fresh).drop())

  test('refuses reads and writes after closing, and can be closed again', async () => {
    const saved = stores.secrets.saveIfAbsent('early', 'sealed')
    await stores.close()
    await stores.close()
    await expect(saved).rejects.toThrow('The database is closed')
    await expect(stores.secrets.read('key')).rejects.toThrow(OperationError)
    await expect(stores.identities.create(exampleIdentity())).rejects.toThrow('The database is closed')
  })

  test('sorts text by its bytes in every locale', async () => {
    for (const id of ['b', 'Z', 'ä', 'a', '~']) {
      await stores.identities.create(exampleIdentity({ id, userName: id }))
    }
    const page = await stores.identities.page('/alpha', '', 10)
    expect(page.map(({ id }) => id)).toEqual(['Z', 'a', 'b', '~', 'ä'])
  })

  test('has columns that compare text by its bytes and hold 64-bit integers', async () => {
    const { rows } = await asSuperuser(
      (client) =>
        client.query(`select table_name, column_name from information_schema.columns
          where table_schema = 'public' and table_name not like 'kysely%'
          and (data_type = 'integer' or data_type = 'text' and collation_name is distinct from 'C')`),
      (await fresh).url,
    )
    expect(rows).toEqual([])
  })

  test('finds nothing for text that PostgreSQL cannot store', async () => {
    await stores.identities.create(exampleIdentity({ userName: 'demo' }))
    expect(await stores.identities.byUserName('/alpha', 'demo\0')).toBeUndefined()
    expect(await stores.identities.byUserName('/alpha', 'demo\ud800')).toBeUndefined()
  })

  test('returns 53-bit numbers unchanged', async () => {
    const transaction = exampleTransaction({ expiresAt: Number.MAX_SAFE_INTEGER })
    await stores.transactions.apply([{ kind: 'create', transaction }])
    expect(await stores.transactions.read(transaction.idHash)).toEqual(transaction)
  })

  test('quotes no data in an error about data', async () => {
    const broken = stores.steps.saveRevision('id', 'secret', Number.NaN)
    await expect(broken).rejects.toThrow('The database did not save: PostgreSQL error 22P02')
    await expect(broken).rejects.not.toThrow(/secret|NaN/)
  })

  test('retries units that lock the same rows in a different order', async () => {
    const all = [exampleTransaction(), exampleTransaction()]
    for (const transaction of all) await stores.transactions.apply([{ kind: 'create', transaction }])
    const complete = all.map(({ idHash }) => {
      return { kind: 'complete', idHash, now: start, sessionProperties: {}, reportedAfter: 0 } as const
    })
    const orders = Array.from({ length: 8 }, (_, i) => (i % 2 === 0 ? complete : complete.toReversed()))
    const completed = await Promise.all(orders.map((order) => stores.transactions.apply(order)))
    expect(completed.filter(Boolean)).toHaveLength(1)
  })

  test('continues to use prepared statements of all connections after a newer server added a column', async () => {
    const { url } = await fresh
    await stores.secrets.saveIfAbsent('key', 'sealed')
    const onAll = async () =>
      new Set(await Promise.all(Array.from({ length: 100 }, () => stores.secrets.read('key'))))
    expect(await onAll()).toEqual(new Set(['sealed']))
    await asSuperuser((client) => client.query('alter table secrets add column newer text'), url)
    expect(await stores.secrets.read('key')).toBe('sealed')
    expect(await onAll()).toEqual(new Set(['sealed']))
    await asSuperuser((client) => client.query('alter table secrets drop column newer'), url)
  })
})

test('fails while the database is down and continues when it is back', async () => {
  const server = await startPostgres()
  const stores = await on(server.url)
  await stores.secrets.saveIfAbsent('key', 'sealed')
  await server.down()
  const asked = [stores.secrets.read('key'), stores.secrets.saveIfAbsent('other', 'sealed')]
  for (const answer of asked) await expect(answer).rejects.toThrow(OperationError)
  await server.up()
  expect(await stores.secrets.read('key')).toBe('sealed')
  expect(await stores.secrets.saveIfAbsent('other', 'sealed')).toBe('sealed')
  await stores.close()
  await server.stop()
})

describe('a database that is slow', () => {
  const fresh = freshDatabase()
  afterAll(async () => (await fresh).drop())

  /** Locks the table of secrets while `work` runs. */
  async function whileLocked(work: () => Promise<void>): Promise<void> {
    const { url } = await fresh
    await asSuperuser(async (client) => {
      await client.query('begin; lock table secrets')
      await work()
      await client.query('commit')
    }, url)
  }

  test('refuses statements that wait too long or behind too many others, and loses none', async () => {
    const stores = await openStores({
      dataFolder: '',
      databaseUrl: (await fresh).url,
      databaseConnections: 1,
    })
    let first: Promise<string> | undefined
    await whileLocked(async () => {
      first = stores.secrets.saveIfAbsent('key', 'sealed')
      await expect.poll(() => stores.load().used).toBe(1)
      const waiting = Array.from({ length: 1000 }, () => stores.secrets.read('key'))
      const refused = stores.secrets.read('key')
      await expect(refused).rejects.toThrow(BusyError)
      await expect(refused).rejects.toThrow('too many wait for it')
      expect(stores.load()).toEqual({ used: 1, idle: 0, waiting: 1000 })
      const ended = await Promise.allSettled(waiting)
      expect(ended.every(({ status }) => status === 'rejected')).toBe(true)
      await expect(waiting[0]).rejects.toThrow(OperationError)
    })
    expect(await first).toBe('sealed')
    expect(await stores.secrets.read('key')).toBe('sealed')
    await stores.close()
  })

  test('keeps a connection after the database ended a slow statement', async () => {
    const stores = await on(`${(await fresh).url}?statement_timeout=200`)
    await whileLocked(async () => {
      await expect(stores.secrets.read('key')).rejects.toThrow(/statement timeout/)
    })
    expect(await stores.secrets.read('key')).toBe('sealed')
    await stores.close()
  })
})
