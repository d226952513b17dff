import { setImmediate as nextTurn } from 'node:timers/promises'
import { Client } from 'pg'
import { afterAll, expect, test } from 'vitest'
import { freshDatabase } from '../../../test/support/postgres-databases.ts'
import { realmSettingsSchema } from '../../realms/realm.ts'
import { openStores } from '../stores.ts'

const { url, drop } = await freshDatabase()
const stores = await openStores({ dataFolder: '', databaseUrl: url })
const other = new Client({ connectionString: url })
await other.connect()

afterAll(async () => {
  await other.end()
  await stores.close()
  await drop()
})

const settings = realmSettingsSchema.parse({})

test('a registration waits for one of another server that is not committed yet, and counts it', async () => {
  await stores.realms.save({ path: '/alpha', isActive: true, aliases: [], settings })
  await other.query('begin')
  await other.query("update realms set is_active = is_active where path = '/alpha'")
  await other.query(
    "insert into oauth_clients (realm, id, document, registered_at) values ('/alpha', 'first', '{}', 1)",
  )
  const second = { id: 'second', document: {}, registeredAt: 2, registrationTokenHash: 'hash' }
  let isDone = false
  const registered = stores.oauthClients.register('/alpha', second, 1).finally(() => {
    isDone = true
  })
  while (!isDone && !(await isWaiting())) await nextTurn()
  await other.query('commit')
  expect(await registered).toBe(false)
})

async function isWaiting(): Promise<boolean> {
  const { rows } = await other.query(
    "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
  )
  return rows.length > 0
}
