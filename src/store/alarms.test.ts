import { rmSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { failedSignIns } from './alarms.ts'
import { start } from './contract/examples.ts'
import type { Database } from './database.ts'
import type { Statement } from './query.ts'
import { openSqlite } from './sqlite/open.ts'
import { temporaryFolder } from './sqlite/temporary-folder.ts'

let folder: string
let database: Database
beforeEach(async () => {
  folder = temporaryFolder()
  database = await openSqlite(folder, () => start)
})
afterEach(async () => {
  await database.close()
  rmSync(folder, { recursive: true })
})

/** How SQLite reads the tables of a query, in order. */
async function planOf({ query, values }: Statement): Promise<string[]> {
  const explained: Statement['query'] = {
    compile(builder, names) {
      const { sql, bind } = query.compile(builder, names)
      return { sql: `explain query plan ${sql}`, bind }
    },
  }
  const rows = await database.read({ query: explained, values })
  return rows.map(({ detail }) => String(detail))
}

test('counting failed sign-ins reads only the events of its time, however many checks the realm has', async () => {
  const plan = await planOf(failedSignIns({ realm: '/alpha', since: start, limit: 30 }))
  expect(plan[0]).toMatch(/^SEARCH events USING INDEX transaction_events_failed \(at>\?\)/)
  expect(plan.slice(1).filter((line) => line.startsWith('SCAN'))).toEqual([])
  expect(plan[1]).toMatch(/^SEARCH transactions USING .*\(id_hash=\?\)/)
})
