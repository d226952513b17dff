import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { asSuperuser } from '../../../test/support/postgres-databases.ts'
import { type PostgresServer, startPostgres } from '../../../test/support/postgres-server.ts'
import { prepareStores } from '../../../test/support/prepared-folder.ts'
import type { ProcessSettings } from '../../../test/support/server-process.ts'
import type { Book } from '../book.ts'
import { oneOf } from '../chance.ts'
import { Client } from '../client.ts'
import { type DatabaseLink, openLink } from './database-link.ts'
import { saveJourneys } from './journeys.ts'
import type { Fault, Place } from './place.ts'
import { Server } from './server.ts'
import { wrongClock } from './wrong-clock.ts'

/** With these settings, commits survive a crash of the database, but not of the machine. */
const durable = { fsync: 'off', synchronous_commit: 'on', full_page_writes: 'off', max_wal_size: '2GB' }

/** A server and its connection to the database. */
type Linked = { server: Server; link: DatabaseLink }

/** Servers on one database, each with its own connection. */
export async function openPostgres(book: Book, size: number, settings: ProcessSettings): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), 'sidegate-torture-'))
  const database = await startPostgres(durable)
  const all: Linked[] = []
  const close = async () => {
    await Promise.all(all.map(({ server }) => server.close()))
    for (const { link } of all) link.close()
    await database.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await prepareStores({ dataFolder: folder, databaseUrl: database.url }, saveJourneys)
    for (let number = 0; number < size; number++) {
      const link = await openLink(database.url)
      all.push({ server: new Server(folder, { ...settings, databaseUrl: link.url }), link })
    }
    await Promise.all(all.map(({ server }) => server.start()))
  } catch (error) {
    await close()
    throw error
  }
  const clock = wrongClock()
  return {
    name: 'PostgreSQL',
    client: new Client(
      all.map(({ server }) => server),
      book,
    ),
    faults: [...serverFaults(all), ...databaseFaults(all, database), ...clockFaults(all, clock)],
    missing: clock === undefined ? ['a wrong clock: faketime is not installed'] : [],
    close,
  }
}

function serverFaults(all: readonly Linked[]): Fault[] {
  return [
    {
      kind: 'PostgreSQL: server killed',
      async make() {
        const { server } = oneOf(all)
        await server.kill()
        await server.start()
      },
    },
    {
      kind: 'PostgreSQL: server stopped',
      async make() {
        const { server } = oneOf(all)
        await server.stop()
        await server.start()
      },
    },
    {
      kind: 'PostgreSQL: server paused',
      // The longest pause exceeds the server's claim of a step.
      make: () => oneOf(all).server.pause(oneOf([500, 1_000, 2_000, 8_000])),
    },
    {
      kind: 'PostgreSQL: all servers killed',
      async make() {
        await Promise.all(all.map(({ server }) => server.kill()))
        await Promise.all(all.map(({ server }) => server.start()))
      },
    },
  ]
}

function databaseFaults(all: readonly Linked[], database: PostgresServer): Fault[] {
  const down = async (how: 'stop' | 'crash') => {
    await database.down(how)
    await after(300)
    await database.up()
  }
  return [
    {
      kind: 'PostgreSQL: one server cut off from the database',
      async make() {
        const { link } = oneOf(all)
        link.cut()
        await after(500 + Math.random() * 1_500)
        link.mend()
      },
    },
    {
      kind: 'PostgreSQL: all connections to the database ended',
      make: () =>
        asSuperuser(async (client) => {
          await client.query(
            "select pg_terminate_backend(pid) from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()",
          )
        }, database.url),
    },
    { kind: 'PostgreSQL: database restarted', make: () => down('stop') },
    { kind: 'PostgreSQL: database crashed', make: () => down('crash') },
  ]
}

/** Restarts a server with a clock that is ten minutes wrong, until it is killed again. */
function clockFaults(all: readonly Linked[], clock: ReturnType<typeof wrongClock>): Fault[] {
  if (clock === undefined) return []
  return [-10, 10].map((minutes) => ({
    kind: `PostgreSQL: server with a clock ${minutes < 0 ? 'behind' : 'ahead'}`,
    async make() {
      const { server } = oneOf(all)
      await server.kill()
      await server.start(clock(minutes))
    },
  }))
}
