import { chmodSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, test } from 'vitest'
import { OperationError } from '../../base/errors.ts'
import { exampleIdentity, exampleTransaction } from '../contract/examples.ts'
import { openStores } from '../stores.ts'
import { temporaryFolder } from './temporary-folder.ts'

const on = (dataFolder: string) => openStores({ dataFolder, databaseUrl: undefined })

describe('a data folder', () => {
  test('is created for its owner only', async () => {
    const folder = join(temporaryFolder(), 'deep', 'data')
    const stores = await on(folder)
    await stores.secrets.saveIfAbsent('key', 'sealed')
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    const modes = readdirSync(folder).map((name) => [name, statSync(join(folder, name)).mode & 0o077])
    expect(Object.fromEntries(modes)).toEqual({
      'server.lock': 0,
      'sidegate.db': 0,
      'sidegate.db-shm': 0,
      'sidegate.db-wal': 0,
    })
    await stores.close()
  })

  test('loses read access for others on an existing database', async () => {
    const folder = temporaryFolder()
    const file = join(folder, 'sidegate.db')
    writeFileSync(file, '')
    chmodSync(file, 0o644)
    await (await on(folder)).close()
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  test.each([
    ['is a file', () => '', 'it is a file'],
    ['is below a file', () => 'data', 'a part of its path is a file'],
  ])('that %s is refused with a sentence', async (_case, below, reason) => {
    const file = join(temporaryFolder(), 'file')
    writeFileSync(file, '')
    const folder = join(file, below())
    await expect(on(folder)).rejects.toThrow(
      new OperationError(
        `The data folder ${folder} cannot be used: ${reason}. Let SIDEGATE_DATA name a folder that this user can write`,
      ),
    )
  })

  test('keeps saved data', async () => {
    const folder = temporaryFolder()
    const first = await on(folder)
    await first.secrets.saveIfAbsent('key', 'sealed')
    await first.close()
    const second = await on(folder)
    expect(await second.secrets.read('key')).toBe('sealed')
    await second.close()
  })

  test('refuses a second server without disturbing the first', async () => {
    const folder = temporaryFolder()
    const first = await on(folder)
    await expect(on(folder)).rejects.toThrow(`Another server is running on the data folder ${folder}`)
    expect(await first.secrets.saveIfAbsent('key', 'sealed')).toBe('sealed')
    await first.close()
    await (await on(folder)).close()
  })

  test('reports a file that is not a database and releases the folder', async () => {
    const folder = temporaryFolder()
    writeFileSync(
      join(folder, 'sidegate.db'),
      'not a database at all, but long enough to look like one'.repeat(99),
    )
    for (const _ of [1, 2]) await expect(on(folder)).rejects.toThrow(/cannot be opened.*not a database/)
  })

  test('refuses reads and writes after closing, and can be closed again', async () => {
    const stores = await on(temporaryFolder())
    const saved = stores.secrets.saveIfAbsent('early', 'sealed')
    await stores.close()
    await stores.close()
    await expect(saved).rejects.toThrow('The database is closed')
    await expect(stores.secrets.read('key')).rejects.toThrow(OperationError)
    await expect(stores.identities.create(exampleIdentity())).rejects.toThrow('The database is closed')
  })

  test('names an unreadable row without quoting its content', async () => {
    const folder = temporaryFolder()
    const stores = await on(folder)
    const transaction = exampleTransaction({ idHash: 'broken' })
    await stores.transactions.apply([{ kind: 'create', transaction }])
    const other = new DatabaseSync(join(folder, 'sidegate.db'))
    other.exec("update transactions set data = 'secret, no JSON'")
    other.close()
    const reading = (async () => stores.transactions.read('broken'))()
    await expect(reading).rejects.toThrow(/Table transactions .* idHash broken: .*expected JSON/)
    await expect(reading).rejects.not.toThrow('secret')
    await stores.close()
  })

  test('refuses another kind of database without printing its password', async () => {
    const databaseUrl = 'mysql://root:hunter2@host/db'
    const opening = openStores({ dataFolder: temporaryFolder(), databaseUrl })
    await expect(opening).rejects.toThrow('DATABASE_URL has the unsupported scheme mysql')
    await expect(opening).rejects.not.toThrow('hunter2')
  })
})
