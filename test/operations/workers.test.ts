import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, expect, onTestFailed, onTestFinished, test } from 'vitest'
import { defined } from '../../src/base/defined.ts'
import { freshDatabase } from '../support/postgres-databases.ts'
import { signIn } from '../support/wire.ts'

const launcher = join(import.meta.dirname, '..', '..', 'bin', 'sidegate.js')
const folder = mkdtempSync(join(tmpdir(), 'sidegate-workers-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const metricsPassword = 'Metrics-Password-2026'

/** Processes start slowly on a busy machine. */
const patient = { timeout: 80_000 }

const environment = (databaseUrl?: string) => ({
  ...process.env,
  PORT: '0',
  SIDEGATE_DATA: folder,
  SIDEGATE_ADMIN_PASSWORD: 'Admin-Pass-2026',
  SIDEGATE_LOG_LEVEL: 'debug',
  SIDEGATE_METRICS_PASSWORD: metricsPassword,
  ...defined({ DATABASE_URL: databaseUrl }),
})

test.each([
  [['serve', '--workers', '2'], undefined, /SQLite belongs to one process/],
  [['serve', '--workers', 'many'], 'postgres://nowhere/db', /a number from 1 to 256/],
])('%s is rejected with its reason', (args, databaseUrl, reason) => {
  const { status, stderr } = spawnSync(process.execPath, [launcher, ...args], {
    env: environment(databaseUrl),
    encoding: 'utf8',
  })
  expect(stderr).toMatch(reason)
  expect(status).toBe(1)
})

/** Successful sign-ins, as counted by any worker. */
async function countedLogins(url: string): Promise<number> {
  const headers = { authorization: `Bearer ${metricsPassword}`, connection: 'close' }
  const text = await (await fetch(`${url}/json/metrics/prometheus`, { headers })).text()
  return Number(/^am_authentication_count\{outcome="success"\} (\d+)$/m.exec(text)?.[1])
}

test('workers share a port and their counters, a killed worker is replaced, and all stop with the main process', {
  timeout: 180_000,
}, async () => {
  const { url: databaseUrl, drop } = await freshDatabase()
  const migrated = spawnSync(process.execPath, [launcher, 'migrate'], {
    env: environment(databaseUrl),
    encoding: 'utf8',
  })
  expect(migrated.stdout).toBe('The database is up to date.\n')
  const main = spawn(process.execPath, [launcher, 'serve', '--workers', '2'], {
    env: environment(databaseUrl),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(main, 'exit')
  // Workers that are killed don't write the last lines of their log, which may explain a failure.
  onTestFinished(async () => {
    main.kill('SIGTERM')
    await ended
  })
  const pids = new Set<number>()
  const warnings: string[] = []
  onTestFailed(() => void process.stderr.write(warnings.join('\n')))
  createInterface(main.stderr).on('line', (line) => {
    const pid = /"pid":(\d+)/.exec(line)?.[1]
    if (pid !== undefined) pids.add(Number(pid))
    if (/^\{"level":[456]0/.test(line)) warnings.push(line)
  })
  let url = ''
  for await (const line of createInterface(main.stdout)) {
    url = /listens at (\S+)/.exec(line)?.[1] ?? ''
    if (url !== '') break
  }
  main.stdout.resume()
  const answering = async () => {
    // Each request uses its own connection, so that any worker can get it. A request to the killed worker is
    // never answered.
    await fetch(`${url}/json/health/ready`, {
      headers: { connection: 'close' },
      signal: AbortSignal.timeout(1_000),
    }).catch(() => undefined)
    return pids.size
  }
  await expect.poll(answering, patient).toBeGreaterThanOrEqual(2)
  const [victim] = pids
  process.kill(victim ?? 0, 'SIGKILL')
  await expect.poll(answering, patient).toBeGreaterThanOrEqual(3)
  // Eight concurrent connections are spread over both workers.
  const logins = Array.from({ length: 8 }, () => signIn(url, 'alex', 'Alex-Pass-2026'))
  expect(new Set(await Promise.all(logins)).size).toBe(8)
  for (const _ of [1, 2, 3]) expect(await countedLogins(url)).toBe(8)
  main.kill('SIGTERM')
  expect(await ended).toEqual([0, null])
  await drop()
})
