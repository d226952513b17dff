import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { contents } from './realms.ts'
import { temporaryFolder } from './sqlite/temporary-folder.ts'
import { openStores } from './stores.ts'

/** What a removed realm leaves: the audit book, and calls about what has ended. */
const kept = ['audit_index', 'audit_rows', 'calls']

test('a realm is removed with the content of every table that has a realm', async () => {
  const dataFolder = temporaryFolder()
  const stores = await openStores({ dataFolder, databaseUrl: undefined })
  await stores.close()
  const raw = new DatabaseSync(`${dataFolder}/sidegate.db`)
  const named = raw
    .prepare(
      "select t.name from sqlite_master t join pragma_table_info(t.name) c on c.name = 'realm' where t.type = 'table'",
    )
    .all()
    .map(({ name }) => String(name))
  const referring = named.filter(
    (name) =>
      raw.prepare(`select 1 from pragma_foreign_key_list(?) where on_delete = 'CASCADE'`).get(name) !==
      undefined,
  )
  raw.close()
  const removed = contents.map((table) => table.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`))
  expect([...new Set([...removed, ...referring, ...kept])].toSorted()).toEqual(named.toSorted())
})
