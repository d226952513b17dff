import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { AuditBook } from '../../src/audit/audit-book.ts'
import { auditCommand } from '../../src/cli/audit-command.ts'
import { rotateKeysCommand } from '../../src/cli/rotate-keys.ts'
import { deriveKey } from '../../src/secrets/key-ring.ts'
import { openMasterKey } from '../../src/secrets/master-key.ts'
import { createSealer } from '../../src/secrets/seal.ts'
import { temporaryFolder } from '../../src/store/sqlite/temporary-folder.ts'
import { openStores } from '../../src/store/stores.ts'
import { cutChain, openRaw, rewriteChain } from '../support/audit-tampering.ts'
import { saveRealm } from '../support/prepared-folder.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'

// An attacker who can write the database, but has no key, tries to forge the audit chain's signature.

let folder: string
let server: TestServer | undefined

const place = () => ({ dataFolder: folder, databaseUrl: undefined })

async function start() {
  server = await startServer(place())
  return server
}

async function stop() {
  await server?.stop()
  server = undefined
}

/** The data of a server that ran once, for copies. */
const ranOnce = mkdtempSync(join(tmpdir(), 'sidegate-audit-'))
afterAll(() => rmSync(ranOnce, { recursive: true, force: true }))

beforeAll(async () => {
  folder = ranOnce
  const { url } = await start()
  for (const name of ['Dana', 'Alex', 'Alex']) await signIn(url, name.toLowerCase(), `${name}-Pass-2026`)
  await stop()
})
beforeEach(() => {
  folder = temporaryFolder()
  cpSync(ranOnce, folder, { recursive: true })
})
afterEach(stop)

function tamper(work: (raw: DatabaseSync) => unknown): void {
  const raw = openRaw(folder)
  work(raw)
  raw.close()
}

/** Runs with the folder and an empty environment. */
async function verify(...args: string[]) {
  const printed: string[] = []
  const print = (text: string) => void printed.push(text)
  const terminal = { print, warn: print, environment: {} }
  const isGood = await auditCommand(['verify', '--data', folder, ...args], terminal)
  return { isGood, text: printed.join('\n') }
}

const unsigned = {
  isGood: false,
  text: expect.stringContaining('the end of the chain is not signed with a key of this installation'),
}

describe('audit verify finds', () => {
  test.each([
    ['a chain rewritten without one person', (raw: DatabaseSync) => rewriteChain(raw, 'alex'), 'missing'],
    ['a chain rewritten with as many rows', (raw: DatabaseSync) => rewriteName(raw), 'not the signed one'],
    ['one row missing at the end', (raw: DatabaseSync) => cutChain(raw, 1), 'missing at the end'],
    ['several rows missing at the end', (raw: DatabaseSync) => cutChain(raw, 3), 'missing at the end'],
  ])('%s', async (_what, work, reason) => {
    expect((await verify()).isGood).toBe(true)
    tamper(work)
    const verdict = await verify()
    expect(verdict.isGood).toBe(false)
    expect(verdict.text).toContain(reason)
  })

  test('rows removed at the beginning, but not by retention', async () => {
    tamper((raw) => {
      raw.exec(`update audit_chain set removed_sequence = 2,
        removed_hash = (select hash from audit_rows where sequence = 2)`)
      raw.exec('delete from audit_rows where sequence <= 2')
    })
    expect(await verify()).toMatchObject({
      isGood: false,
      text: expect.stringContaining('rows up to it were removed, but not by a server'),
    })
  })

  test('a rewritten chain without a signature, which doesn’t pass for an unsigned one', async () => {
    tamper((raw) => {
      rewriteChain(raw, 'alex')
      raw.exec('update audit_chain set end_signature = null')
    })
    expect(await verify()).toMatchObject(unsigned)
    // A server doesn't sign it either, at startup or after new rows.
    const { url, logged } = await start()
    await signIn(url, 'dana', 'Dana-Pass-2026')
    await stop()
    expect(logged()).toContain('the audit chain does not match its signature')
    expect(await verify()).toMatchObject(unsigned)
  })

  test('a chain rewritten while the server runs, which doesn’t sign it', async () => {
    const { url, logged } = await start()
    await signIn(url, 'dana', 'Dana-Pass-2026')
    tamper((raw) => rewriteChain(raw, 'alex'))
    await signIn(url, 'dana', 'Dana-Pass-2026')
    await stop()
    expect(logged()).toContain('the audit chain does not match its signature')
    expect((await verify()).isGood).toBe(false)
  })

  test('a rewritten chain whose keys were also deleted', async () => {
    tamper((raw) => {
      rewriteChain(raw, 'alex')
      raw.exec('update audit_chain set end_signature = null')
      raw.exec(`delete from secrets where name like 'root key %'`)
    })
    await start()
    await stop()
    expect(await verify()).toMatchObject(unsigned)
  })

  test('a forged signature', async () => {
    tamper((raw) => {
      const { sequence, hash } = rewriteChain(raw, 'alex')
      raw.exec(`update audit_chain set end_signature = '1.${sequence}.${hash}.${'A'.repeat(43)}'`)
    })
    expect(await verify()).toMatchObject(unsigned)
  })

  test('a chain restored to an earlier signed end, with the help of a noted hash', async () => {
    const [head = ''] = (await verify()).text.split(' ').slice(-1)
    const before = openRaw(folder).prepare('select end_signature from audit_chain').get()?.end_signature
    const { url } = await start()
    await signIn(url, 'alex', 'Alex-Pass-2026')
    await stop()
    const [later = ''] = (await verify()).text.split(' ').slice(-1)
    tamper((raw) => {
      const sequence = Number(head.split(':')[0])
      cutChain(raw, Number(later.split(':')[0]) - sequence)
      raw.prepare('update audit_chain set end_signature = ?').run(before ?? null)
    })
    expect((await verify()).isGood).toBe(true)
    expect((await verify('--head', later)).isGood).toBe(false)
  })
})

/** Rewrites the chain with as many rows as before and another name in one of them. */
function rewriteName(raw: DatabaseSync): void {
  raw.exec(`update audit_rows set content = replace(content, '"alex"', '"sam"')`)
  rewriteChain(raw, 'no row has this text')
}

test('new rows are signed over restarts and new keys', async () => {
  const terminal = { print: () => undefined, warn: () => undefined, environment: {} }
  await rotateKeysCommand(['--data', folder], terminal)
  const { url } = await start()
  await signIn(url, 'dana', 'Dana-Pass-2026')
  await stop()
  const { isGood, text } = await verify()
  expect(isGood).toBe(true)
  const [, rows, through] = /^(\d+) rows are unchanged, and signed up to row (\d+)\./.exec(text) ?? []
  expect(Number(rows)).toBeGreaterThan(3)
  expect(through).toBe(rows)
})

test('rows from before signing are signed together at the next start and reported separately', async () => {
  const older = temporaryFolder()
  const stores = await openStores({ dataFolder: older, databaseUrl: undefined })
  await saveRealm(stores, '/')
  // A root key as earlier versions saved it.
  const { key } = openMasterKey(older)
  const saved = { key: Buffer.from(key).toString('base64url'), madeAt: 1, activeAt: 0 }
  await stores.secrets.saveIfAbsent(
    'root key 1',
    createSealer(deriveKey(key, 'root keys')).seal(JSON.stringify(saved)),
  )
  const book = new AuditBook({ store: stores.audit, now: Date.now, log: pino({ level: 'silent' }) })
  await book.record({ realm: '/', eventName: 'AM-LOGOUT' }, { realm: '/', eventName: 'AM-LOGOUT' })
  await book.settled()
  await book.close()
  await stores.close()
  folder = older
  expect((await verify()).text).toMatch(/^2 rows are unchanged; no row is signed yet/)
  await start()
  await stop()
  expect((await verify()).text).toMatch(/signed up to row 2 \(those before row 3 were signed together\)/)
  tamper((raw) => {
    raw.exec(`update audit_rows set content = replace(content, 'LOGOUT', 'LOGIN') where sequence = 1`)
    rewriteChain(raw, 'no row has this text')
  })
  expect((await verify()).text).toContain('its hash is not the signed one')
  tamper((raw) => raw.exec('update audit_chain set end_signature = null'))
  await start()
  await stop()
  expect(await verify()).toMatchObject(unsigned)
})
