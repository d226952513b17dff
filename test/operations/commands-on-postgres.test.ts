import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { auditCommand } from '../../src/cli/audit-command.ts'
import { exportCommand } from '../../src/cli/export-command.ts'
import { importCommand } from '../../src/cli/import-command.ts'
import { lintCommand } from '../../src/cli/lint.ts'
import { rotateKeysCommand } from '../../src/cli/rotate-keys.ts'
import { freshDatabase } from '../support/postgres-databases.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'

const file = join(import.meta.dirname, '..', 'fixtures', 'exchange', 'frodo-single.journey.json')
const newMaster = Buffer.alloc(32, 9)

let database: Awaited<ReturnType<typeof freshDatabase>>
let folder: string
let server: TestServer | undefined

beforeAll(async () => {
  database = await freshDatabase()
  folder = mkdtempSync(join(tmpdir(), 'sidegate-command-'))
  server = await startServer({ dataFolder: folder, databaseUrl: database.url })
})
afterAll(async () => {
  await server?.stop()
  await database.drop()
  rmSync(folder, { recursive: true })
})

async function run(command: typeof importCommand, args: string[], settings: NodeJS.ProcessEnv = {}) {
  const printed: string[] = []
  const print = (text: string) => void printed.push(text)
  const environment = { DATABASE_URL: database.url, ...settings }
  const isGood = await command([...args, '--data', folder], { print, warn: print, environment })
  return { isGood, text: printed.join('\n') }
}

test.each<[name: string, command: typeof importCommand, args: string[]]>([
  ['import', importCommand, [file]],
  ['export', exportCommand, ['Login']],
  ['lint', lintCommand, []],
  ['audit verify', auditCommand, ['verify']],
  ['rotate-keys', rotateKeysCommand, []],
])('%s rejects a database that servers use', async (_name, command, args) => {
  await expect(run(command, args)).rejects.toThrow('Servers are using the database: stop them first')
})

test('after the servers stopped all commands work, and a new master key opens the database', async () => {
  await server?.stop()
  server = undefined
  expect((await run(importCommand, [file])).text).toMatch(/Imported\.$/)
  expect((await run(exportCommand, ['Login'])).text).toContain('"Login"')
  expect((await run(lintCommand, ['Login'])).isGood).toBe(true)
  expect(await run(auditCommand, ['verify'])).toMatchObject({ isGood: true })

  const { rootKey } = JSON.parse(readFileSync(join(folder, 'keys'), 'utf8'))
  await run(rotateKeysCommand, [], { SIDEGATE_NEW_MASTER_KEY: newMaster.toString('base64url') })
  const settings = { dataFolder: folder, databaseUrl: database.url }
  const before = Buffer.from(rootKey, 'base64url')
  await expect(startServer({ ...settings, masterKey: before })).rejects.toThrow(/written with another key/)
  server = await startServer({ ...settings, masterKey: newMaster })
  await signIn(server.url, 'alex', 'Alex-Pass-2026')
})
