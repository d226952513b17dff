import { DatabaseSync } from 'node:sqlite'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { signInAsAdministrator } from '../support/backchannel-client.ts'
import { logLines } from '../support/prepared-server.ts'
import { RelyingParty } from '../support/relying-party.ts'
import { asking } from '../support/rest.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { answerStep, signIn, startJourney } from '../support/wire.ts'

/** The connections of the server to its file, so that the test can take their space or their right to write. */
const connections = new Set<DatabaseSync>()

let server: TestServer

beforeAll(async () => {
  const { prepare } = DatabaseSync.prototype
  DatabaseSync.prototype.prepare = function (...args) {
    connections.add(this)
    return prepare.apply(this, args)
  }
  try {
    server = await startServer()
  } finally {
    DatabaseSync.prototype.prepare = prepare
  }
})

afterAll(() => server.stop())

function everywhere(pragma: string): void {
  for (const connection of connections) if (connection.isOpen) connection.exec(`pragma ${pragma}`)
}

const faults = {
  full: { begin: 'max_page_count = 1', end: 'max_page_count = 4294967294', reason: 'the disk is full' },
  readOnly: { begin: 'query_only = on', end: 'query_only = off', reason: 'the database is read-only' },
}

afterEach(() => {
  for (const { end } of Object.values(faults)) everywhere(end)
})

const ready = () => fetch(`${server.url}/json/health/ready`)

/** Starts journeys until one can't be saved: a full file has room left in its pages. */
async function failedStart() {
  for (;;) {
    const { status, body } = await startJourney(server.url, 'Login')
    if (status !== 200) return { status, body }
  }
}

test.each(['full', 'readOnly'] as const)(
  'a database that is %s ends the readiness, with a sentence, one line in the log and a metric',
  async (problem) => {
    const { begin, end, reason } = faults[problem]
    const message = `The server can’t save: ${reason}`
    const failure = { code: 503, reason: 'Service Unavailable', message }
    const token = await signInAsAdministrator(server.url)
    const ask = asking(server.url, token)
    const page = await startJourney(server.url, 'Login')
    const before = logLines(server).length
    expect((await ready()).status).toBe(200)

    everywhere(begin)
    expect(await failedStart()).toEqual({ status: 503, body: failure })
    await expect.poll(async () => (await ready()).status, { timeout: 5000 }).toBe(503)
    expect(await (await ready()).json()).toEqual(failure)
    expect((await fetch(`${server.url}/json/health/live`)).status).toBe(200)
    expect((await ask('/global-config/server')).body.health.database).toMatchObject({ problem })
    const headers = { iplanetdirectorypro: token }
    const metrics = await (await fetch(`${server.url}/json/metrics/prometheus`, { headers })).text()
    expect(metrics).toContain('sidegate_database_can_save 0')
    expect(metrics).toMatch(
      new RegExp(`sidegate_database_failures_total{operation="save",problem="${problem}"} [1-9]`),
    )

    everywhere(end)
    await expect.poll(async () => (await ready()).status, { timeout: 5000 }).toBe(200)
    const { body } = await answerStep(server.url, page, ['alex', 'Alex-Pass-2026'])
    expect(body.tokenId).toBeDefined()
    expect((await ask('/global-config/server')).body.health.database.problem).toBeNull()
    const lines = logLines(server).slice(before)
    expect(lines.filter(({ msg }) => msg.startsWith('the database fails'))).toMatchObject([{ problem }])
    expect(lines.filter(({ msg }) => msg === 'request failed')).toEqual([])
    expect(lines.filter(({ msg }) => msg === 'the database works again')).toMatchObject([
      { failures: expect.any(Number), seconds: expect.any(Number) },
    ])
  },
)

test('a disk that is full for one write only fails that request alone, and its repetition signs in once', async () => {
  const page = await startJourney(server.url, 'Login')
  const answer = () => answerStep(server.url, page, ['alex', 'Alex-Pass-2026'])
  everywhere(faults.full.begin)
  expect((await failedStart()).status).toBe(503)
  expect((await answer()).status).toBe(503)
  everywhere(faults.full.end)
  const { tokenId } = (await answer()).body
  expect(tokenId).toBeDefined()
  expect((await answer()).body.tokenId).toBe(tokenId)
  expect((await startJourney(server.url, 'Login')).status).toBe(200)
  await expect.poll(async () => (await ready()).status, { timeout: 5000 }).toBe(200)
})

test('an application that refreshes its tokens meanwhile is asked to try again', async () => {
  const application = new RelyingParty(server.url, 'web')
  await application.register()
  const tokens = await application.tokens(await signIn(server.url, 'alex', 'Alex-Pass-2026'))
  const before = logLines(server).length
  everywhere(faults.readOnly.begin)
  expect(await application.refresh(tokens.refresh_token)).toEqual({
    status: 503,
    body: {
      error: 'temporarily_unavailable',
      error_description: 'The server can’t save: the database is read-only',
    },
  })
  everywhere(faults.readOnly.end)
  expect((await application.refresh(tokens.refresh_token)).status).toBe(200)
  const lines = logLines(server).slice(before)
  expect(lines.filter(({ level }) => level >= 50)).toMatchObject([{ problem: 'readOnly' }])
})

test('an application that uses a code meanwhile is asked to try again, and the code still works', async () => {
  const application = new RelyingParty(server.url, 'web')
  await application.register()
  const code = await application.code(await signIn(server.url, 'alex', 'Alex-Pass-2026'))
  everywhere(faults.readOnly.begin)
  expect(await application.exchange(code)).toMatchObject({
    status: 503,
    body: { error: 'temporarily_unavailable' },
  })
  everywhere(faults.readOnly.end)
  expect((await application.exchange(code)).status).toBe(200)
})

test('an application gets no code that was not saved', async () => {
  const application = new RelyingParty(server.url, 'web')
  await application.register()
  const session = await signIn(server.url, 'alex', 'Alex-Pass-2026')
  const { url } = application.request()
  const authorize = () =>
    fetch(url, { headers: { cookie: `iPlanetDirectoryPro=${session}` }, redirect: 'manual' })
  everywhere(faults.readOnly.begin)
  const refused = await authorize()
  expect(refused.status).toBe(503)
  expect(refused.headers.get('location')).toBeNull()
  expect(await refused.json()).toMatchObject({ error: 'temporarily_unavailable' })
  everywhere(faults.readOnly.end)
  expect((await authorize()).headers.get('location')).toContain('code=')
})
