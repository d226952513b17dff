import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { type Config, readConfig } from '../../src/config.ts'
import { type App, startApp } from '../../src/server/app.ts'
import { type Outside, systemOutside } from '../../src/server/outside.ts'
import { databaseOf, dropDatabaseOf } from './database-of.ts'
import { copyNewDatabase } from './new-database.ts'

export const adminPassword = 'Admin-Pass-2026'

export type TestServer = {
  /** Scheme, host, port and context path, for example `http://127.0.0.1:40001/am`. */
  url: string
  app: App
  folder: string
  /** The log: one JSON object per line. */
  logged(): string
  stop(): Promise<void>
}

/** Starts a server in this process, with HTTP on a free loopback port, a real database and its own data folder. */
export async function startServer(
  settings: Partial<Config> = {},
  outside: Partial<Outside> = {},
): Promise<TestServer> {
  const folder = settings.dataFolder ?? mkdtempSync(join(tmpdir(), 'sidegate-test-'))
  const lines: string[] = []
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk))
      done()
    },
  })
  const databaseUrl = await databaseOf(folder)
  const isNew = settings.dataFolder === undefined && settings.databaseUrl === undefined
  if (isNew && databaseUrl === undefined) await copyNewDatabase(folder)
  const config = {
    ...readConfig({ PORT: '0', SIDEGATE_ADMIN_PASSWORD: adminPassword }),
    dataFolder: folder,
    databaseUrl,
    ...settings,
  }
  const app = await startApp(config, pino({ level: 'debug' }, sink), { ...systemOutside, ...outside })
  return {
    url: app.url,
    app,
    folder,
    logged: () => lines.join(''),
    async stop() {
      await app.close()
      if (settings.dataFolder !== undefined) return
      rmSync(folder, { recursive: true, force: true })
      await dropDatabaseOf(folder)
    },
  }
}
