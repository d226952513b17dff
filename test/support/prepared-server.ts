import { rmSync } from 'node:fs'
import type { Config } from '../../src/config.ts'
import type { Outside } from '../../src/server/outside.ts'
import type { Stores } from '../../src/store/stores.ts'
import { dropDatabaseOf } from './database-of.ts'
import { preparedFolder } from './prepared-folder.ts'
import { startServer, type TestServer } from './start-server.ts'

/** Starts a server with the samples and with data that were stored before its first start. */
export async function startPrepared(
  prepare: (stores: Stores) => Promise<void>,
  settings: Partial<Config> = {},
  outside: Partial<Outside> = {},
): Promise<TestServer> {
  const folder = await preparedFolder(prepare)
  const server = await startServer({ ...settings, dataFolder: folder }, outside)
  return {
    ...server,
    async stop() {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
      await dropDatabaseOf(folder)
    },
  }
}

type LogLine = { level: number; msg: string } & Record<string, unknown>

/** Parsed log lines, oldest first. */
export function logLines(server: TestServer): LogLine[] {
  const lines = server.logged().split('\n').filter(Boolean)
  return lines.map((line) => JSON.parse(line) as LogLine)
}
