import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { OperationError } from '../../src/base/errors.ts'
import { backupCommand, restoreCommand } from '../../src/cli/backup-command.ts'
import { UsageError } from '../../src/cli/usage-error.ts'
import { readConfig } from '../../src/config.ts'
import { temporaryFolder } from '../../src/store/sqlite/temporary-folder.ts'
import { openStores } from '../../src/store/stores.ts'
import { agentSignsIn, callerSignsIn, deskOpens } from '../support/help-desk-play.ts'
import { bareDatabase } from '../support/postgres-databases.ts'
import { type Ask, asking } from '../support/rest.ts'
import { adminPassword, startServer, type TestServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'

/** The folder for the backups of these tests. */
const backups = mkdtempSync(join(tmpdir(), 'sidegate-backups-'))
const file = (name: string) => join(backups, name)

let folder: string
let server: TestServer
let agent: string
let reference: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sidegate-backed-up-'))
  server = await startServer({ dataFolder: folder })
  agent = await agentSignsIn(server.url)
  const check = await deskOpens(server.url, agent)
  await callerSignsIn(server.url, check.id)
  reference = check.reference
  await backup('of-sqlite', folder)
})
afterAll(async () => {
  await server.stop()
  for (const used of [folder, backups]) rmSync(used, { recursive: true })
})

const configOf = (dataFolder: string, databaseUrl?: string) => ({
  ...readConfig({}),
  dataFolder,
  databaseUrl,
})

const backup = (name: string, folder: string, url?: string) =>
  backupCommand([file(name)], configOf(folder, url))
const restore = (name: string, folder: string, url?: string) =>
  restoreCommand([file(name)], configOf(folder, url))

const linesOf = (name: string) =>
  gunzipSync(readFileSync(file(name)))
    .toString()
    .split('\n')

/**
 * The content of a backup: the rows of each table by its line, sorted, because databases return rows in any order. The first
 * line has the time.
 */
function contentOf(name: string) {
  const tables: { table: string; rows: string[] }[] = []
  for (const line of linesOf(name).slice(1)) {
    if (line.startsWith('[')) tables.at(-1)?.rows.push(line)
    else tables.push({ table: line, rows: [] })
  }
  return tables.map(({ table, rows }) => ({ table, rows: rows.toSorted() }))
}

async function verifications(ask: Ask) {
  const { body } = await ask('/realms/root/realms/alpha/help-desk/verifications?_queryFilter=true')
  return body.result.map((each: { reference: string; result: string }) => [each.reference, each.result])
}

test('a backup of a running server is identical after a restore to PostgreSQL and back', async () => {
  const postgres = await bareDatabase()
  const back = temporaryFolder()
  try {
    await restore('of-sqlite', '', postgres.url)
    await backup('of-postgres', '', postgres.url)
    expect(contentOf('of-postgres')).toEqual(contentOf('of-sqlite'))
    await restore('of-postgres', back)
    await backup('of-sqlite-again', back)
    expect(contentOf('of-sqlite-again')).toEqual(contentOf('of-sqlite'))
  } finally {
    await postgres.drop()
  }
})

test.each(['SQLite', 'PostgreSQL'])(
  'a server continues from it on %s: sessions, checks and the audit chain',
  async (kind) => {
    const database = kind === 'PostgreSQL' ? await bareDatabase() : undefined
    const other = temporaryFolder()
    await restore('of-sqlite', other, database?.url)
    // The key is not part of the database.
    copyFileSync(join(folder, 'keys'), join(other, 'keys'))
    const restored = await startServer({ dataFolder: other, databaseUrl: database?.url })
    try {
      expect(await verifications(asking(restored.url, agent))).toEqual([[reference, 'APPROVED']])
      await signIn(restored.url, 'alex', 'Alex-Pass-2026')
      const administrator = asking(restored.url, await signIn(restored.url, 'amadmin', adminPassword, '/'))
      const { body } = await administrator('/global-config/audit?_action=verify', {
        method: 'POST',
        body: {},
      })
      expect(body).toMatchObject({ isWhole: true })
    } finally {
      await restored.stop()
      await database?.drop()
    }
  },
)

test.each(['SQLite', 'PostgreSQL'])('is recorded in the database on %s', async (kind) => {
  const database = kind === 'PostgreSQL' ? await bareDatabase() : undefined
  const other = temporaryFolder()
  await restore('of-sqlite', other, database?.url)
  const stores = await openStores({ dataFolder: other, databaseUrl: database?.url })
  try {
    expect((await stores.figures()).lastBackupAt).toBeUndefined()
    for (const name of ['first', 'second']) {
      const before = Date.now()
      expect(await backup(`recorded-${kind}-${name}`, other, database?.url)).not.toContain('couldn’t record')
      expect((await stores.figures()).lastBackupAt).toBeGreaterThanOrEqual(before)
    }
    expect((await stores.figures()).bytes.database).toBeGreaterThan(10_000)
  } finally {
    await stores.close()
    await database?.drop()
  }
})

test('that the database can’t record is a backup, and says so', async () => {
  const other = temporaryFolder()
  await restore('of-sqlite', other)
  const raw = new DatabaseSync(join(other, 'sidegate.db'))
  raw.exec('drop table backups')
  raw.close()
  expect(await backup('unrecorded', other)).toMatch(/couldn’t record it\.$/)
  await restore('unrecorded', temporaryFolder())
})

test('is readable only for its owner, without passwords and the server’s key', () => {
  expect(statSync(file('of-sqlite')).mode & 0o777).toBe(0o600)
  const text = linesOf('of-sqlite').join('\n')
  const { rootKey } = JSON.parse(readFileSync(join(folder, 'keys'), 'utf8'))
  for (const secret of [rootKey, adminPassword, 'Alex-Pass-2026', agent]) expect(text).not.toContain(secret)
})

test('an existing file is not overwritten, and failures leave no partial file', async () => {
  await expect(backup('of-sqlite', folder)).rejects.toThrow(/of-sqlite already exists/)
  writeFileSync(file('other.unfinished'), '')
  await expect(backup('other', folder)).rejects.toThrow(/other.unfinished exists/)
  await expect(backup('nothing', temporaryFolder())).rejects.toThrow(/There is no database/)
  const unused = temporaryFolder()
  writeFileSync(join(unused, 'sidegate.db'), '')
  await expect(backup('nothing', unused)).rejects.toThrow(OperationError)
  expect(existsSync(file('nothing'))).toBe(false)
})

test('a used database rejects a restore', async () => {
  await server.stop()
  await expect(restore('of-sqlite', folder)).rejects.toThrow(/The database is not empty/)
  server = await startServer({ dataFolder: folder })
  await expect(restore('of-sqlite', folder)).rejects.toThrow(/another server/i)
  await signIn(server.url, 'alex', 'Alex-Pass-2026')
})

test.each<[what: string, harm: (lines: string[]) => string[], reason: RegExp]>([
  ['without its end', (lines) => lines.slice(0, -2), /its end is missing/],
  ['with a missing row', (lines) => lines.toSpliced(-3, 1), /rows are missing/],
  ['with an invalid line', (lines) => lines.toSpliced(5, 0, 'nonsense'), /is damaged after row/],
  [
    'of a newer server',
    (lines) => [String(lines[0]).replace(/"00\d\d-/, '"9999-'), ...lines.slice(1)],
    /newer version/,
  ],
  ['of another kind', () => ['{"name":"x"}'], /not a backup of Sidegate/],
])('a file %s restores nothing', async (_, harm, reason) => {
  const path = file('damaged')
  writeFileSync(path, gzipSync(harm(linesOf('of-sqlite')).join('\n')))
  const target = temporaryFolder()
  rmSync(target, { recursive: true })
  await expect(restore('damaged', target)).rejects.toThrow(reason)
  const made = existsSync(target) ? readdirSync(target) : []
  expect(made.filter((name) => name !== 'server.lock' && statSync(join(target, name)).size > 4096)).toEqual(
    [],
  )
})

test('a rejected row is reported in a sentence, and all rows are rolled back', async () => {
  const lines = linesOf('of-sqlite')
  const place = lines.findIndex((line) => line.startsWith('{"table":"realms"')) + 1
  const doubled = lines.toSpliced(place, 0, lines[place] ?? '').map(oneMore)
  writeFileSync(file('doubled'), gzipSync(doubled.join('\n')))
  const target = temporaryFolder()
  await expect(restore('doubled', target)).rejects.toThrow(/^The backup was not restored: /)
  const database = new DatabaseSync(join(target, 'sidegate.db'))
  expect(database.prepare('select count(*) as rows from identities').get()).toEqual({ rows: 0 })
  database.close()
})

/** Counts one row more in the last line of a backup. */
const oneMore = (line: string) =>
  line.replace(/^\{"end":(\d+)\}$/, (_, rows) => `{"end":${Number(rows) + 1}}`)

test('a truncated, uncompressed or missing file is named', async () => {
  copyFileSync(file('of-sqlite'), file('cut'))
  truncateSync(file('cut'), 5000)
  await expect(restore('cut', temporaryFolder())).rejects.toThrow(/cut is damaged, or is not a backup/)
  writeFileSync(file('plain'), 'plain text')
  await expect(restore('plain', temporaryFolder())).rejects.toThrow(/plain is damaged, or is not a backup/)
  await expect(restore('absent', temporaryFolder())).rejects.toThrow(
    /The file or folder .*absent does not exist/,
  )
})

test.each([[[]], [['one', 'two']]])('the commands need one file: %o', async (args) => {
  await expect(backupCommand(args, configOf(folder))).rejects.toThrow(UsageError)
  await expect(restoreCommand(args, configOf(folder))).rejects.toThrow(UsageError)
})
