import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { allContracts } from '../contract/all.ts'
import { openStores } from '../stores.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** A new database. Copying it takes less than the migrations. */
const empty = mkdtempSync(join(tmpdir(), 'sidegate-empty-'))
await (await openStores({ dataFolder: empty, databaseUrl: undefined })).close()
afterAll(() => rmSync(empty, { recursive: true, force: true }))

allContracts(() => {
  const dataFolder = temporaryFolder()
  cpSync(empty, dataFolder, { recursive: true })
  return openStores({ dataFolder, databaseUrl: undefined })
})
