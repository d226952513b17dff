import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { auditCommand } from '../../src/cli/audit-command.ts'
import { importCommand } from '../../src/cli/import-command.ts'
import { UsageError } from '../../src/cli/usage-error.ts'
import { temporaryFolder } from '../../src/store/sqlite/temporary-folder.ts'
import { openStores } from '../../src/store/stores.ts'
import { adminPassword, startServer, type TestServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'

let folder: string
let server: TestServer

beforeEach(async () => {
  folder = temporaryFolder()
  server = await startServer({ dataFolder: folder })
  await signIn(server.url, 'alex', 'Alex-Pass-2026')
})
afterEach(() => server.stop())

async function run(command: typeof auditCommand, ...args: string[]) {
  const printed: string[] = []
  const print = (text: string) => void printed.push(text)
  const environment = { SIDEGATE_URL: server.url, SIDEGATE_ADMIN_PASSWORD: adminPassword }
  const isGood = await command(args, { print, warn: print, environment })
  return { isGood, text: printed.join('\n') }
}

function tamper(statement: string) {
  const raw = new DatabaseSync(join(folder, 'sidegate.db'))
  raw.exec(statement)
  raw.close()
}

describe('sidegate audit verify', () => {
  test('asks a running server', async () => {
    const { isGood, text } = await run(auditCommand, 'verify')
    expect(isGood).toBe(true)
    expect(text).toMatch(
      /^(\d+) rows are unchanged, and signed up to row \1\. The last row is \1:[0-9a-f]{64}$/,
    )
  })

  test('reads the data folder of a stopped server, and accepts the hash that it printed', async () => {
    await server.stop()
    const { isGood, text } = await run(auditCommand, 'verify', '--data', folder)
    expect(isGood).toBe(true)
    const [head = ''] = text.split(' ').slice(-1)
    expect((await run(auditCommand, 'verify', '--data', folder, '--head', head)).isGood).toBe(true)
    const forged = head.replace(/:.*/, `:${'0'.repeat(64)}`)
    expect(await run(auditCommand, 'verify', '--data', folder, '--head', forged)).toMatchObject({
      isGood: false,
      text: expect.stringContaining('its hash is not the expected one'),
    })
  })

  test('reports the first broken row', async () => {
    await server.stop()
    tamper(`update audit_rows set content = replace(content, 'alex', 'sam') where sequence = 2`)
    expect(await run(auditCommand, 'verify', '--data', folder)).toEqual({
      isGood: false,
      text: 'The audit trail was altered at row 2: its hash does not match its content and the previous row. Unchanged rows before it: 1.',
    })
  })

  test.each([[[]], [['burn']], [['verify', '--head', '7']], [['verify', '--burn']]])(
    'rejects the arguments %j',
    async (args) => {
      await expect(run(auditCommand, ...args)).rejects.toBeInstanceOf(UsageError)
    },
  )

  test('rejects a folder that a server uses and one without data', async () => {
    await expect(run(auditCommand, 'verify', '--data', folder)).rejects.toThrow('nother server is running')
    await expect(run(auditCommand, 'verify', '--data', temporaryFolder())).rejects.toThrow(
      'is not the data folder',
    )
  })
})

test('an import into a data folder is audited', async () => {
  await server.stop()
  const file = join(import.meta.dirname, '..', 'fixtures', 'exchange', 'frodo-single.journey.json')
  await run(importCommand, file, '--data', folder)
  const stores = await openStores({ dataFolder: folder, databaseUrl: undefined })
  const [waiting] = await stores.audit.waiting(Date.now(), 10)
  await stores.close()
  expect(JSON.parse(waiting?.content ?? '')).toMatchObject({
    eventName: 'AM-CONFIG-CHANGE',
    who: { id: 'command line' },
    what: { kind: 'import', action: 'import' },
  })
})
