import { afterAll, expect, test } from 'vitest'
import { asSuperuser, freshDatabase } from '../../../test/support/postgres-databases.ts'
import type { Neighbours } from '../cluster.ts'
import { openStores, type Stores } from '../stores.ts'
import { sharedClock } from './shared-clock.ts'

const { url, drop } = await freshDatabase()
const opened: Stores[] = []

async function server(): Promise<Neighbours> {
  const stores = await openStores({ dataFolder: '', databaseUrl: url })
  opened.push(stores)
  return stores.neighbours
}

afterAll(async () => {
  await Promise.all(opened.map((stores) => stores.close()))
  await drop()
})

/** What a server hears, and a promise for when it next hears, or may have lost, something. */
async function listening(neighbours: Neighbours) {
  const heard: string[] = []
  let news = Promise.withResolvers<void>()
  const tell = (what: string) => {
    heard.push(what)
    news.resolve()
    news = Promise.withResolvers()
  }
  const first = news.promise
  neighbours.listen({ hear: (topic, subject) => tell(`${topic} ${subject}`), lost: () => tell('lost') })
  // It listens from here on.
  await first
  return {
    heard,
    async until(what: string) {
      while (!heard.includes(what)) await news.promise
    },
    lose: () => heard.splice(0),
  }
}

test('a hint reaches every other server, and not the one that gave it', async () => {
  const [one, two, three] = [await server(), await server(), await server()]
  const [own, ...others] = [await listening(one), await listening(two), await listening(three)]
  const subjects = Array.from({ length: 300 }, (_, i) => `${i}`.padStart(64, '0'))
  for (const subject of subjects) one.tell('transaction', subject)
  one.tell('configuration', '')
  for (const other of others) {
    await other.until('configuration ')
    expect(other.heard).toEqual([
      'lost',
      ...subjects.map((subject) => `transaction ${subject}`),
      'configuration ',
    ])
  }
  expect(own.heard).toEqual(['lost'])
})

test('one whose connection broke says that hints may be lost, and hears again', async () => {
  const [one, two] = [await server(), await server()]
  const other = await listening(two)
  other.lose()
  await asSuperuser(
    (client) =>
      client.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where query = 'listen sidegate' and datname = current_database()",
      ),
    url,
  )
  await other.until('lost')
  one.tell('transaction', 'after')
  await other.until('transaction after')
})

test('what servers run alone, they run one after the other', async () => {
  const servers = [await server(), await server(), await server()]
  let running = 0
  let most = 0
  const work = async () => {
    most = Math.max(most, ++running)
    await new Promise((resolve) => setImmediate(resolve))
    running--
  }
  await Promise.all(servers.map((each) => each.alone(work)))
  expect(most).toBe(1)
  await expect(servers[0]?.alone(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  await servers[1]?.alone(work)
})

test('the time is the database’s, whatever this machine’s clock says, and does not jump for a moment’s difference', async () => {
  const tenMinutes = 600_000
  const ahead = await sharedClock(async () => Date.now() + tenMinutes)
  expect(Math.abs(ahead.now() - Date.now() - tenMinutes)).toBeLessThan(1_000)
  ahead.stop()
  const level = await sharedClock(async () => Date.now() + 5)
  expect(level.now() - Date.now()).toBeLessThanOrEqual(1)
  level.stop()
})
