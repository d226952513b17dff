import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { auditCommand } from '../../src/cli/audit-command.ts'
import { asSuperuser, type FreshDatabase, freshDatabase } from '../support/postgres-databases.ts'
import { asking } from '../support/rest.ts'
import { ServerProcess } from '../support/server-process.ts'
import { adminPassword } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'

const folder = mkdtempSync(join(tmpdir(), 'sidegate-turn-'))
const servers: ServerProcess[] = []
/** The servers that took the turn, in order. Servers write their log lines up to a fifth of a second late. */
const chainers: number[] = []
let database: FreshDatabase

beforeAll(async () => {
  database = await freshDatabase()
  const start = async (place: number) => {
    const onLog = (line: string) => {
      if (line.includes('now chains the audit entries')) chainers.push(place)
    }
    servers[place] = await ServerProcess.start(folder, { databaseUrl: database.url, onLog })
  }
  await Promise.all([0, 1, 2].map(start))
})

afterAll(async () => {
  await Promise.all(servers.map((server) => server.kill()))
  await database.drop()
  rmSync(folder, { recursive: true, force: true })
})

/** Signs people in at these servers at once. @returns how many. */
async function signInAt(places: readonly number[]): Promise<number> {
  const urls = places.flatMap((place) => Array.from({ length: 8 }, () => servers[place]?.url ?? ''))
  await Promise.all(urls.map((url) => signIn(url, 'alex', 'Alex-Pass-2026')))
  return urls.length
}

/** Waits until each of so many sign-ins is in the chain, and verifies it. */
async function chained(signIns: number, { url }: ServerProcess): Promise<void> {
  const ask = asking(url, await signIn(url, 'amadmin', adminPassword, '/'))
  const waiting = async () => (await ask('/global-config/audit')).body.waiting
  await expect.poll(waiting, { timeout: 8000 }).toBe(0)
  const printed: string[] = []
  const print = (text: string) => void printed.push(text)
  const environment = { SIDEGATE_URL: url, SIDEGATE_ADMIN_PASSWORD: adminPassword }
  expect(await auditCommand(['verify'], { print, warn: print, environment }), printed.join('\n')).toBe(true)
  const created = `select count(*) as count from audit_rows where realm = '/alpha' and content like '%AM-SESSION-CREATED%'`
  const { rows } = await asSuperuser((client) => client.query(created), database.url)
  expect(Number(rows[0].count)).toBe(signIns)
}

test('one of three servers chains the audit entries, and another one after it was killed', async () => {
  let signIns = await signInAt([0, 1, 2])
  await chained(signIns, servers[0] as ServerProcess)
  await expect.poll(() => chainers).toHaveLength(1)

  // Its last entries may wait when it is killed.
  signIns += await signInAt([0, 1, 2])
  const [killed = 0] = chainers
  await servers[killed]?.kill()
  const left = [0, 1, 2].filter((place) => place !== killed)
  signIns += await signInAt(left)
  await chained(signIns, servers[left[0] ?? 0] as ServerProcess)
  await expect.poll(() => chainers).toEqual([killed, expect.any(Number)])
  expect(left).toContain(chainers[1])
})
