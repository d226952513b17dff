import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { prepareStores } from '../../../test/support/prepared-folder.ts'
import type { ProcessSettings } from '../../../test/support/server-process.ts'
import type { Book } from '../book.ts'
import { Client } from '../client.ts'
import { saveJourneys } from './journeys.ts'
import type { Fault, Place } from './place.ts'
import { Server } from './server.ts'
import { mountDisk } from './small-disk.ts'

/** One server whose disk is full now and then. Its clock is never wrong, because there is no other clock to compare it with. */
export async function openSqlite(book: Book, settings: ProcessSettings): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), 'sidegate-torture-'))
  const disk = mountDisk(folder)
  const server = new Server(folder, settings)
  const close = async () => {
    await server.close()
    disk?.close()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await prepareStores({ dataFolder: folder, databaseUrl: undefined }, saveJourneys)
    await server.start()
  } catch (error) {
    await close()
    throw error
  }
  const faults: Fault[] = [
    {
      kind: 'SQLite: server killed',
      async make() {
        await server.kill()
        await server.start()
      },
    },
    {
      kind: 'SQLite: server stopped',
      async make() {
        await server.stop()
        await server.start()
      },
    },
    { kind: 'SQLite: server paused', make: () => server.pause(500 + Math.random() * 2_500) },
  ]
  if (disk !== undefined) {
    faults.push({
      kind: 'SQLite: disk full',
      async make() {
        disk.fill()
        await after(1_000)
        disk.free()
      },
    })
    faults.push({
      kind: 'SQLite: disk full, and server killed',
      async make() {
        disk.fill()
        await after(500)
        await server.kill()
        disk.free()
        await server.start()
      },
    })
  }
  const missing = disk === undefined ? ['a full disk: only root may mount a small one'] : []
  return { name: 'SQLite', client: new Client([server], book), faults, missing, close }
}
