import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { OperationError } from '../../base/errors.ts'
import { realmSettingsSchema } from '../../realms/realm.ts'
import { exampleIdentity, exampleSession, start } from '../contract/examples.ts'
import { openStores, type Stores } from '../stores.ts'
import { MemoryDatabase } from './memory-database.ts'
import { temporaryFolder } from './temporary-folder.ts'

const on = (database: MemoryDatabase) =>
  openStores({ dataFolder: '', databaseUrl: undefined }, { open: () => database.open(() => start) })

async function writeAbout(stores: Stores, name: string): Promise<void> {
  await stores.identities.create(exampleIdentity({ userName: name }))
  await stores.sessions.create(exampleSession({ username: name }))
  await stores.secrets.saveIfAbsent(name, 'sealed')
  await stores.realms.save({
    path: '/alpha',
    isActive: true,
    aliases: [],
    settings: realmSettingsSchema.parse({}),
  })
}

/** All rows of all tables. */
function contentOf(file: string): Record<string, unknown[]> {
  const raw = new DatabaseSync(file)
  const tables = raw.prepare("select name from sqlite_master where type = 'table'").all()
  const content = tables.map(({ name }) => [name, raw.prepare(`select * from "${name}"`).all()] as const)
  raw.close()
  return Object.fromEntries(content)
}

test('has exactly the content of the file again, whatever was written since', async () => {
  const folder = temporaryFolder()
  const database = await MemoryDatabase.create()
  const first = await on(database)
  await writeAbout(first, 'alex')
  await first.close()
  database.saveTo(join(folder, 'prepared.db'))
  for (const round of ['one', 'two']) {
    database.fillFrom(join(folder, 'prepared.db'))
    database.saveTo(join(folder, `${round}.db`))
    expect(contentOf(join(folder, `${round}.db`))).toEqual(contentOf(join(folder, 'prepared.db')))
    const stores = await on(database)
    await writeAbout(stores, 'dana')
    expect(await stores.identities.byUserName('/alpha', 'alex')).toBeDefined()
    await stores.close()
    await expect(stores.secrets.saveIfAbsent('late', 'sealed')).rejects.toThrow(OperationError)
  }
  database.close()
})
