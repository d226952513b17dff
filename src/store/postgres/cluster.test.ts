import { afterAll, expect, test } from 'vitest'
import { asSuperuser, freshDatabase } from '../../../test/support/postgres-databases.ts'
import { newReadMemory, withRequestMemory } from '../../base/request-memory.ts'
import type { Cluster } from '../cluster.ts'
import { exampleIdentity } from '../contract/examples.ts'
import { openStores, type Stores } from '../stores.ts'
import { sharedClock } from './shared-clock.ts'

const { url, drop } = await freshDatabase()
const opened: Stores[] = []

async function opensStores(): Promise<Stores> {
  const stores = await openStores({ dataFolder: '', databaseUrl: url })
  opened.push(stores)
  return stores
}

async function server(): Promise<Cluster> {
  return (await opensStores()).cluster
}

afterAll(async () => {
  await Promise.all(opened.map((stores) => stores.close()))
  await drop()
})

/** Records the wake-ups and gaps that a server notices. */
async function subscribed(cluster: Cluster) {
  const received: string[] = []
  let next = Promise.withResolvers<void>()
  const receive = (what: string) => {
    received.push(what)
    next.resolve()
    next = Promise.withResolvers()
  }
  const first = next.promise
  cluster.subscribe({
    wakeUp: (topic, subject) => receive(`${topic} ${subject}`),
    lost: () => receive('lost'),
  })
  // The first gap is reported once the connection listens.
  await first
  return {
    received,
    async until(what: string) {
      while (!received.includes(what)) await next.promise
    },
    lose: () => received.splice(0),
  }
}

test('sends a wake-up to every other server and not to itself', async () => {
  const [one, two, three] = [await server(), await server(), await server()]
  const [own, ...others] = [await subscribed(one), await subscribed(two), await subscribed(three)]
  const subjects = Array.from({ length: 300 }, (_, i) => `${i}`.padStart(64, '0'))
  for (const subject of subjects) one.publish('transaction', subject)
  one.publish('configuration', '')
  for (const other of others) {
    await other.until('configuration ')
    expect(other.received).toEqual([
      'lost',
      ...subjects.map((subject) => `transaction ${subject}`),
      'configuration ',
    ])
  }
  expect(own.received).toEqual(['lost'])
})

test('reports a gap after a broken connection and receives again', async () => {
  const [one, two] = [await server(), await server()]
  const other = await subscribed(two)
  other.lose()
  await asSuperuser(
    (client) =>
      client.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where query = 'listen sidegate' and datname = current_database()",
      ),
    url,
  )
  await other.until('lost')
  one.publish('transaction', 'after')
  await other.until('transaction after')
})

test('runs the exclusive work of several servers one after the other', async () => {
  const servers = [await server(), await server(), await server()]
  let running = 0
  let most = 0
  const work = async () => {
    most = Math.max(most, ++running)
    await new Promise((resolve) => setImmediate(resolve))
    running--
  }
  await Promise.all(servers.map((each) => each.exclusively(work)))
  expect(most).toBe(1)
  await expect(servers[0]?.exclusively(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  await servers[1]?.exclusively(work)
})

test('follows the clock of the database and ignores differences of a few milliseconds', async () => {
  const tenMinutes = 600_000
  const ahead = await sharedClock(async () => Date.now() + tenMinutes)
  expect(Math.abs(ahead.now() - Date.now() - tenMinutes)).toBeLessThan(1_000)
  ahead.stop()
  const level = await sharedClock(async () => Date.now() + 5)
  expect(level.now() - Date.now()).toBeLessThanOrEqual(1)
  level.stop()
})

test('a request reads a person once, and the latest state where it must', async () => {
  const [one, two] = [await opensStores(), await opensStores()]
  await one.identities.create(exampleIdentity({ id: 'ada', userName: 'ada' }))
  const rename = async (rev: number, userName: string) =>
    two.identities.save({ id: 'ada', rev, to: { ...exampleIdentity({ id: 'ada', userName }) } })
  const [early, same, latest, then] = await inRequest(async () => {
    const first = await one.identities.read('/alpha', 'ada')
    await rename(1, 'lovelace')
    const second = await one.identities.named('/alpha', 'ada')
    const third = await one.identities.read('/alpha', 'ada', true)
    return [first, second, third, await one.identities.read('/alpha', 'ada')]
  })
  expect([early, same, latest, then].map((person) => person?.userName)).toEqual([
    'ada',
    'ada',
    'lovelace',
    'lovelace',
  ])
  expect((await one.identities.read('/alpha', 'ada'))?.userName).toBe('lovelace')
})

test('the changes of an application reach the server that remembers it', async () => {
  const [one, two] = [await opensStores(), await opensStores()]
  const client = { id: 'app', document: { name: 'first' }, sealedSecret: undefined }
  await one.oauthClients.save('/alpha', client)
  const nameOfApp = async () => (await one.oauthClients.read('/alpha', 'app'))?.document.name
  expect(await nameOfApp()).toBe('first')
  const news = await subscribed(one.cluster)
  await two.oauthClients.save('/alpha', { ...client, document: { name: 'second' } })
  await news.until('configuration ')
  one.forgetConfiguration()
  expect(await nameOfApp()).toBe('second')
})

function inRequest<Value>(work: () => Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) =>
    withRequestMemory({ current: newReadMemory() }, () => void work().then(resolve, reject)),
  )
}
