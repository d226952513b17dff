import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Stores } from '../../src/store/stores.ts'
import { newBackchannelToken, openTransaction, signInAsAdministrator } from '../support/backchannel-client.ts'
import { asSuperuser } from '../support/postgres-databases.ts'
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts'
import { prepareStores, saveJourney, scripted } from '../support/prepared-folder.ts'
import { logLines } from '../support/prepared-server.ts'
import { asking } from '../support/rest.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { answerStep, authenticate, output, startJourney, type WireAnswer } from '../support/wire.ts'

/** Stops or restarts the database when a script in the middle of a step calls it. */
let control: Awaited<ReturnType<typeof startControl>>
let database: PostgresServer
let server: TestServer
let token: string

async function startControl() {
  const faults = new Map<string, () => Promise<unknown>>()
  const http = createServer(async (request, response) => {
    const place = request.url?.slice(1) ?? ''
    const make = faults.get(place)
    faults.delete(place)
    await make?.()
    response.end('{}')
  })
  await once(http.listen(0, '127.0.0.1'), 'listening')
  // The address of a TCP server is never a string.
  const host = `127.0.0.1:${(http.address() as AddressInfo).port}`
  return { host, faults, stop: () => http.close() }
}

/** Ends all connections of the server, as a failover does. */
const endConnections = () =>
  asSuperuser(async (client) => {
    await client.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()",
    )
  }, database.url)

const calling = (place: string) =>
  `httpClient.send("http://${control.host}/${place}").get(); action.goTo("next");`

/**
 * Journeys that ask for a name, run `node` while the database is in the state that the test sets, and show
 * the outcome.
 */
async function prepare(stores: Stores): Promise<void> {
  const failed = 'The error outcome was taken'
  const rest = async (name: string) => ({
    ask: { type: 'UsernameCollectorNode', to: { outcome: 'before' } },
    before: await scripted(stores, `${name} before`, calling('before'), { next: 'node' }),
    after: await scripted(stores, `${name} after`, calling('after'), { next: 'tell' }),
    tell: {
      type: 'MessageNode',
      config: { message: { en: failed } },
      to: { true: 'failure', false: 'failure' },
    },
  })
  const initialize = {
    type: 'BackChannelInitNode',
    config: { tree: 'Login', idType: 'USER', usernameKey: 'username' },
  }
  await saveJourney(stores, 'Initialize', {
    ...(await rest('initialize')),
    node: { ...initialize, to: { created: 'success', unknown: 'failure', error: 'after' } },
  })
  const { ask, ...others } = await rest('status')
  await saveJourney(stores, 'Status', {
    name: { type: 'SetStateNode', config: { attributes: { username: 'alex' } }, to: { outcome: 'open' } },
    open: { ...initialize, to: { created: 'ask', unknown: 'failure', error: 'failure' } },
    ask,
    ...others,
    node: { type: 'BackChannelStatusNode', to: { pending: 'success', error: 'after' } },
  })
  await saveJourney(stores, 'Notify', {
    ...(await rest('notify')),
    node: {
      type: 'BackchannelNotificationNode',
      config: { dataKey: 'objectAttributes' },
      to: { success: 'success', error: 'after' },
    },
  })
}

beforeAll(async () => {
  database = await startPostgres()
  control = await startControl()
  const folder = mkdtempSync(join(tmpdir(), 'sidegate-failures-'))
  await prepareStores({ dataFolder: folder, databaseUrl: database.url }, prepare)
  server = await startServer({ dataFolder: folder, databaseUrl: database.url, httpAllow: [control.host] })
  token = await newBackchannelToken(server.url)
}, 120_000)

afterEach(() => control.faults.clear())

afterAll(async () => {
  await server?.stop()
  control?.stop()
  await database?.stop()
  rmSync(server.folder, { recursive: true, force: true })
})

/** Saved transactions of a journey: their number, and the events of the newest. */
async function savedOf(journey: string) {
  const ask = asking(server.url, await signInAsAdministrator(server.url))
  const path = '/realms/root/realms/alpha/backchannel-transactions'
  const { body } = await ask(`${path}?_queryFilter=true&journey=${journey}`)
  const [newest] = body.result
  const shown = newest && (await ask(`${path}/${newest.reference}`)).body
  const events = shown?.timeline.map(({ kind }: { kind: string }) => kind)
  return { count: body.result.length, events }
}

const nodes = [
  ['Initialize', 'Error initializing back channel transaction.'],
  ['Status', 'Error checking back channel transaction status.'],
  ['Notify', 'Failed to update backchannel transaction'],
] as const

async function start(journey: string): Promise<WireAnswer> {
  if (journey !== 'Notify') return startJourney(server.url, journey)
  const transaction = await openTransaction(server.url, token, { value: journey })
  return authenticate(server.url, { query: `?authIndexType=transaction&authIndexValue=${transaction}` })
}

describe.each(nodes)('a database that goes away while %s uses it', (journey, line) => {
  test('leads to the error outcome with the documented log line if the database is back in time', async () => {
    const page = await start(journey)
    control.faults.set('before', () => database.down()).set('after', () => database.up())
    const answered = await answerStep(server.url, page, ['alex'])
    expect(output(answered, 'message')).toBe('The error outcome was taken')
    const [logged] = logLines(server).filter(({ msg }) => msg === line)
    expect(logged).toMatchObject({ level: 50, journey })
    expect(server.logged()).not.toMatch(/test.pass/)
  })

  test('has no effect if only connections broke', async () => {
    const page = await start(journey)
    control.faults.set('before', endConnections)
    const answered = await answerStep(server.url, page, ['alex'])
    expect([answered.status, answered.body.successUrl]).toEqual([200, expect.any(String)])
  })

  test('leads to a 503 if the step can’t be saved, and the same step works later', async () => {
    const page = await start(journey)
    const tree = journey === 'Notify' ? 'Notify' : 'Login'
    const before = await savedOf(tree)
    control.faults.set('before', () => database.down())
    const refused = await answerStep(server.url, page, ['alex'])
    expect(refused.status).toBe(503)
    expect(refused.headers.get('retry-after')).toBe('5')
    await database.up()
    const health = () => fetch(`${server.url}/json/health/ready`)
    await expect.poll(async () => (await health()).status, { timeout: 10_000 }).toBe(200)
    const answered = await answerStep(server.url, page, ['alex'])
    expect(answered.status).toBe(200)
    expect(answered.body.successUrl).toBeDefined()
    const { count, events } = await savedOf(tree)
    expect(count - before.count).toBe(journey === 'Initialize' ? 1 : 0)
    if (journey === 'Notify') expect(events).toEqual(['created', 'opened', 'notification', 'approved'])
  })
})
