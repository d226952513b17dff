import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startPostgres } from '../support/postgres-server.ts'
import { startServer } from '../support/start-server.ts'
import { answerStep, startJourney } from '../support/wire.ts'

test('without its database the server answers 503, and continues once it is back', async () => {
  const database = await startPostgres()
  const dataFolder = mkdtempSync(join(tmpdir(), 'sidegate-away-'))
  const server = await startServer({ dataFolder, databaseUrl: database.url })
  const health = (name: string) => fetch(`${server.url}/json/health/${name}`)
  const page = await startJourney(server.url, 'Login')
  expect((await health('ready')).status).toBe(200)

  await database.down()
  const refused = await answerStep(server.url, page, ['alex', 'Alex-Pass-2026'])
  expect(refused.status).toBe(503)
  expect(refused.headers.get('retry-after')).toBe('5')
  const message = 'The server can’t save: the database does not answer'
  expect(refused.body).toEqual({ code: 503, reason: 'Service Unavailable', message })
  expect((await health('ready')).status).toBe(503)
  expect((await health('live')).status).toBe(200)

  await database.up()
  await expect.poll(async () => (await health('ready')).status).toBe(200)
  const answered = await answerStep(server.url, page, ['alex', 'Alex-Pass-2026'])
  expect(answered.body.tokenId).toBeDefined()
  expect(server.logged()).not.toMatch(/test.pass/)
  await server.stop()
  await database.stop()
  rmSync(dataFolder, { recursive: true, force: true })
})
