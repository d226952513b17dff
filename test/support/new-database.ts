import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { temporaryFolder } from '../../src/store/sqlite/temporary-folder.ts'
import { openStores, type Stores } from '../../src/store/stores.ts'

const name = 'sidegate.db'

let made: Promise<string> | undefined

async function make(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'sidegate-new-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  await (await openStores({ dataFolder: folder, databaseUrl: undefined })).close()
  return join(folder, name)
}

/** Puts a new SQLite database into an empty data folder. A copy takes a tenth of the migrations. */
export async function copyNewDatabase(folder: string): Promise<void> {
  made ??= make()
  copyFileSync(await made, join(folder, name))
}

/** Opens the stores of a new database, which is removed after the test. */
export async function openNewStores(): Promise<Stores> {
  const dataFolder = temporaryFolder()
  await copyNewDatabase(dataFolder)
  return openStores({ dataFolder, databaseUrl: undefined })
}
