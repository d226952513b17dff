import { afterAll } from 'vitest'
import { freshDatabase } from '../../../test/support/postgres-databases.ts'
import { allContracts } from '../contract/all.ts'
import { openStores } from '../stores.ts'

const { url, empty, drop } = await freshDatabase()
const stores = await openStores({ dataFolder: '', databaseUrl: url })

afterAll(async () => {
  await stores.close()
  await drop()
})

allContracts(async () => {
  await empty()
  return { ...stores, close: async () => undefined }
})
