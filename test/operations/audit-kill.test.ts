import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { AuditBook } from '../../src/audit/audit-book.ts'
import { openKeys } from '../../src/secrets/open-keys.ts'
import { openStores } from '../../src/store/stores.ts'
import { databaseOf, dropDatabaseOf } from '../support/database-of.ts'
import { asking } from '../support/rest.ts'
import { ServerProcess } from '../support/server-process.ts'
import { adminPassword } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'

const rounds = 3
const atOnce = 4

test('the chain is valid and contains everything that was acknowledged before a kill', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sidegate-audit-'))
  try {
    const acknowledged: string[] = []
    for (let round = 0; round < rounds; round++) {
      const server = await ServerProcess.start(folder)
      const ask = asking(server.url, await signIn(server.url, 'amadmin', adminPassword, '/'))
      const names = Array.from({ length: atOnce }, (_, place) => `killed${round}x${place}`)
      const answers = names.map(async (name) => {
        await signIn(server.url, 'alex', 'Alex-Pass-2026')
        const body = { name, parentPath: '/' }
        const { status } = await ask('/global-config/realms?_action=create', { method: 'POST', body })
        if (status === 201) acknowledged.push(name)
      })
      // At this time some answers have arrived and others have not.
      await Promise.race(answers)
      await server.kill()
      await Promise.allSettled(answers)
    }
    expect(acknowledged.length).toBeGreaterThanOrEqual(rounds)
    const stores = await openStores({ dataFolder: folder, databaseUrl: await databaseOf(folder) })
    // Two minutes later, when entries that were open at the kill have timed out.
    const later = () => Date.now() + 180_000
    const keyRing = await openKeys({
      dataFolder: folder,
      masterKey: undefined,
      secrets: stores.secrets,
      now: later,
    })
    const book = new AuditBook({ store: stores.audit, keyRing, now: later, log: pino({ level: 'silent' }) })
    await book.start()
    await book.settled()
    expect(await book.verify()).toMatchObject({ isWhole: true, signed: { since: 1 } })
    const { found } = await book.search({ realm: '/', events: ['AM-CONFIG-CHANGE'] }, { limit: 500 })
    const recorded = found.map(({ entry }) => entry.what?.name)
    for (const name of acknowledged) expect(recorded).toContain(name)
    // Every realm has an entry, whether or not the request was answered.
    const realms = (await stores.realms.all()).map(({ path }) => path.slice(1))
    for (const name of realms.filter((each) => each.startsWith('killed'))) expect(recorded).toContain(name)
    const signedIn = await book.search({ realm: '/alpha', events: ['AM-SESSION-CREATED'] }, { limit: 500 })
    expect(signedIn.found.length).toBeGreaterThanOrEqual(acknowledged.length)
    await book.close()
    await stores.close()
  } finally {
    rmSync(folder, { recursive: true, force: true })
    await dropDatabaseOf(folder)
  }
}, 120_000)
