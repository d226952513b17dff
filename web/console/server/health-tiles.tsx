import type { ServerHealth } from '../../api/server-page.ts'
import { dateAndTime } from '../../check-model/times.ts'
import { relativeTime } from '../components/relative-time.ts'

type Tile = { title: string; value: string; note: string; isBad?: boolean }

/** Versions and health as tiles. A tile says in words what is wrong, besides its colour. */
export function HealthTiles({ health }: { health: ServerHealth }) {
  return (
    <section className="stack gap-3" aria-labelledby="server-health">
      <h2 className="text-read strong" id="server-health">
        Health and versions
      </h2>
      <ul className="tiles stack gap-3">
        {tilesOf(health).map(({ title, value, note, isBad = false }) => (
          <li
            key={title}
            className={isBad ? 'tile panel callout bad pad-3 breaks' : 'tile panel pad-3 breaks'}
          >
            <h3 className="fine medium">{title}</h3>
            <p className="value heading-2">{value}</p>
            <p className="note fine">{note}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}

const databases = { sqlite: 'SQLite', postgresql: 'PostgreSQL' } as const

function tilesOf(health: ServerHealth): Tile[] {
  const { database, now } = health
  return [
    { title: 'Sidegate', value: health.version, note: `On Node ${health.node}` },
    databaseTile(health),
    {
      title: 'Running',
      value: duration(now - health.startedAt),
      note: `Since ${dateAndTime(health.startedAt)}`,
    },
    serversTile(health),
    cleanupTile(health),
    {
      title: 'Script workers',
      value: `${health.workers.used} of ${health.workers.max}`,
      note: 'They start with the first scripts.',
    },
    fillTile('Live feeds', health.feeds, 'Agents and applications that watch a check'),
    fillTile('Open journeys', health.unansweredJourneys, 'Started here, and not answered yet'),
    fillTile('Waiting scripts', health.waitingScripts, 'Runs that wait for a worker'),
    fillTile('Waiting passwords', health.waitingPasswords, 'To be hashed or checked'),
    {
      title: 'Open checks',
      value: String(health.openTransactions),
      note: 'Transactions of all realms without a result',
    },
    {
      title: 'Waiting for the database',
      value: String(database.waiting),
      note: 'Changes that wait to be saved',
      isBad: database.waiting > 100,
    },
    sizeTile(health),
    backupTile(health),
    {
      title: 'Audit entries to chain',
      value: database.waitingAudit.toLocaleString('en'),
      note: 'Saved, and not part of the chain yet',
      isBad: database.waitingAudit > 500,
    },
    unsentTile(health),
  ]
}

const gigabyte = 1e9

function sizeTile({ database: { bytes, walBytes } }: ServerHealth): Tile {
  const note = walBytes === null ? 'Of the whole database' : `And ${size(walBytes)} of write-ahead log`
  return {
    title: 'Size of the database',
    value: bytes === null ? 'Unknown' : size(bytes),
    note,
    isBad: walBytes !== null && walBytes > gigabyte,
  }
}

function size(bytes: number): string {
  if (bytes >= gigabyte) return `${(bytes / gigabyte).toFixed(1)} GB`
  return bytes >= 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.ceil(bytes / 1000)} KB`
}

function backupTile({ database: { lastBackupAt } }: ServerHealth): Tile {
  return {
    title: 'Last backup',
    value: lastBackupAt === null ? 'None' : relativeTime(lastBackupAt),
    note: 'By “sidegate backup”. Other ways are not known here.',
  }
}

const hourMs = 3_600_000

function unsentTile({ database: { oldestUnsentAt }, now }: ServerHealth): Tile {
  return {
    title: 'Oldest unsent entry',
    value: oldestUnsentAt === null ? 'None' : duration(now - oldestUnsentAt),
    note: 'An email, message or call in the outbox below',
    isBad: oldestUnsentAt !== null && now - oldestUnsentAt > hourMs,
  }
}

const problems = {
  full: 'It can’t save: the disk is full.',
  readOnly: 'It can’t save: it is read-only.',
  failing: 'It can’t save: its disk reports errors.',
  away: 'It can’t save: it does not answer.',
} as const

function databaseTile({ database }: ServerHealth): Tile {
  const { kind, version, migration, problem } = database
  return {
    title: 'Database',
    value: `${databases[kind]} ${version}`,
    note: problem === null ? `Newest migration: ${migration}` : problems[problem],
    isBad: problem !== null,
  }
}

function fillTile(title: string, { used, max }: { used: number; max: number }, note: string): Tile {
  const isBad = used >= max * 0.8
  const value = used.toLocaleString('en')
  const most = max.toLocaleString('en')
  return { title, value, note: isBad ? `Nearly full: at most ${most}` : `${note}; at most ${most}`, isBad }
}

function serversTile({ database, hasOthers }: ServerHealth): Tile {
  const title = 'Other servers'
  if (database.kind === 'sqlite') return { title, value: 'None', note: 'SQLite belongs to one server.' }
  if (hasOthers === null) {
    return { title, value: 'Unknown', note: 'The database did not answer.', isBad: true }
  }
  return {
    title,
    value: hasOthers ? 'Running' : 'None now',
    note: 'Servers on the same database. This page is about the one that answered.',
  }
}

function cleanupTile({ cleanup, startedAt }: ServerHealth): Tile {
  const title = 'Cleanup'
  const { doneAt, failedAt, everyMinutes } = cleanup
  const note = `Deletes what has expired, every ${everyMinutes} minutes.`
  if (failedAt !== null) {
    return { title, value: 'Failed', note: `${relativeTime(failedAt)}. The log has the reason.`, isBad: true }
  }
  if (doneAt !== null) return { title, value: relativeTime(doneAt), note }
  return { title, value: 'Not yet', note: `First ${everyMinutes} minutes after ${dateAndTime(startedAt)}` }
}

/** The two largest units. */
function duration(milliseconds: number): string {
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000))
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24]
  const counted = (count: number, unit: string) => `${count} ${unit}${count === 1 ? '' : 's'}`
  if (days > 0) return `${counted(days, 'day')}, ${counted(hours, 'hour')}`
  if (hours > 0) return `${counted(hours, 'hour')}, ${counted(minutes % 60, 'minute')}`
  return minutes === 0 ? 'Less than a minute' : counted(minutes, 'minute')
}
