import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DatabaseProxy, startDatabaseProxy } from '../support/database-proxy.ts'
import { asSuperuser } from '../support/postgres-databases.ts'
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts'
import { logLines } from '../support/prepared-server.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { answerStep, startJourney } from '../support/wire.ts'

let database: PostgresServer
let proxy: DatabaseProxy
let server: TestServer

beforeAll(async () => {
  database = await startPostgres()
  proxy = await startDatabaseProxy(database.url)
  const dataFolder = mkdtempSync(join(tmpdir(), 'sidegate-demoted-'))
  server = await startServer({ dataFolder, databaseUrl: proxy.url })
}, 120_000)

afterAll(async () => {
  await server?.stop()
  proxy?.stop()
  await database?.stop()
  rmSync(server.folder, { recursive: true, force: true })
})

const asAdmin = (...statements: string[]) =>
  asSuperuser(async (client) => {
    await client.query('set default_transaction_read_only = off')
    for (const statement of statements) await client.query(statement)
  }, database.url)

const ready = async () => (await fetch(`${server.url}/json/health/ready`)).status
const soon = { timeout: 5000 }

/** Sessions of the person, so that a repeated sign-in would show. */
const sessions = () =>
  asSuperuser(
    async (client) => Number((await client.query('select count(*) as count from sessions')).rows[0].count),
    database.url,
  )

test('a database that becomes read-only ends the readiness, and signs people in again afterwards', async () => {
  const page = await startJourney(server.url, 'Login')
  await asAdmin('alter system set default_transaction_read_only = on', 'select pg_reload_conf()')
  await expect.poll(ready, soon).toBe(503)
  const refused = await answerStep(server.url, page, ['alex', 'Alex-Pass-2026'])
  expect(refused.status).toBe(503)
  expect(refused.body.message).toBe('The server can’t save: the database is read-only')

  await asAdmin('alter system reset default_transaction_read_only', 'select pg_reload_conf()')
  await expect.poll(ready, soon).toBe(200)
  const answered = await answerStep(server.url, page, ['alex', 'Alex-Pass-2026'])
  expect(answered.body.tokenId).toBeDefined()
})

test('connections to a demoted server are left all at once', async () => {
  // Sessions that begin now are read-only for as long as they last, as those to a former primary are.
  await asAdmin(
    'alter database postgres set default_transaction_read_only = on',
    "select pg_terminate_backend(pid) from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()",
  )
  const statuses = async () =>
    (await Promise.all(Array.from({ length: 20 }, () => startJourney(server.url, 'Login')))).map(
      ({ status }) => status,
    )
  expect(await statuses()).toContain(503)
  await asAdmin('alter database postgres reset default_transaction_read_only')
  await expect.poll(ready, soon).toBe(200)
  expect(new Set(await statuses())).toEqual(new Set([200]))
})

test('a database that hangs ends the readiness within five seconds, and is back as soon as it answers', async () => {
  const before = logLines(server).length
  proxy.hang()
  // Each answer comes in time, although the database has not answered.
  const begunAt = performance.now()
  await expect.poll(ready, soon).toBe(503)
  expect(performance.now() - begunAt).toBeLessThan(5000)
  proxy.resume()
  await expect.poll(ready, soon).toBe(200)
  const lines = logLines(server).slice(before)
  expect(lines.filter(({ msg }) => msg.startsWith('the database fails'))).toMatchObject([{ problem: 'away' }])
})

test.each(['unanswered', 'lost'] as const)(
  'a commit that stays %s because of a failover is refused, and its repetition signs in once',
  async (fate) => {
    const page = await startJourney(server.url, 'Login')
    const before = await sessions()
    const repair = proxy.breakCommits(fate)
    const refused = await answerStep(server.url, page, ['alex', 'Alex-Pass-2026'])
    repair()
    expect(refused.status).toBe(503)
    expect(refused.body.tokenId).toBeUndefined()
    await expect.poll(ready, soon).toBe(200)
    const answered = await answerStep(server.url, page, ['alex', 'Alex-Pass-2026'])
    expect(answered.body.tokenId).toBeDefined()
    expect((await sessions()) - before).toBe(1)
  },
)
