import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Config } from '../../src/config.ts'
import { openStores, type Stores } from '../../src/store/stores.ts'
import { freshDatabase } from './postgres-databases.ts'
import { startServer, type TestServer } from './start-server.ts'

/** A cluster: several servers with one PostgreSQL database and one key file. */
export type ServerGroup = {
  servers: readonly TestServer[]
  /** The next server, as from a stateless proxy. */
  next(): TestServer
  url: string
  stop(): Promise<void>
}

/** Starts all servers in parallel. @param prepare stores data before the start. */
export async function startGroup(
  size: number,
  prepare: (stores: Stores) => Promise<void> = async () => undefined,
  settings: Partial<Config> = {},
): Promise<ServerGroup> {
  const folder = mkdtempSync(join(tmpdir(), 'sidegate-group-'))
  const { url, drop } = await freshDatabase()
  const stores = await openStores({ dataFolder: folder, databaseUrl: url })
  await prepare(stores)
  await stores.close()
  const started = Array.from({ length: size }, () =>
    startServer({ ...settings, dataFolder: folder, databaseUrl: url }),
  )
  const servers = await Promise.all(started)
  let turn = 0
  return {
    servers,
    next: () => servers[turn++ % servers.length] as TestServer,
    url,
    async stop() {
      await Promise.all(servers.map((server) => server.stop()))
      await drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
