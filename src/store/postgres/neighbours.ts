import { randomUUID } from 'node:crypto'
import { Client, type Pool } from 'pg'
import { OperationError } from '../../errors.ts'
import type { Ear, Neighbours } from '../cluster.ts'
import type { Address } from './address.ts'
import { advisoryLocks } from './advisory-locks.ts'
import { operationError } from './failures.ts'
import { listenForHints } from './hint-listener.ts'
import { channel } from './hint-note.ts'
import { hintSender } from './hint-sender.ts'
import { sharedClock } from './shared-clock.ts'

/** The servers that share a PostgreSQL database. @param pool of the database; stays its owner's to close. */
export async function neighboursOn(
  address: Address,
  pool: Pool,
): Promise<Neighbours & { close(): Promise<void> }> {
  const clock = await sharedClock(() => timeOf(pool))
  const own = randomUUID()
  const tell = hintSender(own, (note) => pool.query('select pg_notify($1, $2)', [channel, note]))
  const closing = new AbortController()
  const listening: Promise<void>[] = []
  return {
    mayExist: true,
    now: clock.now,
    alone: (work) => runAlone(address, work),
    areThere: () => isShared(pool),
    tell,
    listen(ear: Ear) {
      listening.push(listenForHints(address.client, own, ear, closing.signal))
    },
    async close() {
      clock.stop()
      closing.abort()
      await Promise.all(listening)
    },
  }
}

async function timeOf(pool: Pool): Promise<number> {
  const { rows } = await pool.query('select extract(epoch from clock_timestamp()) * 1000 as now')
  const now = Number(rows[0]?.now)
  if (Number.isNaN(now)) throw new OperationError('The database does not tell the time')
  return now
}

/** Whoever runs shares a lock: nobody can have it alone then. */
async function isShared(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query('select pg_try_advisory_xact_lock($1) as alone', [advisoryLocks.running])
  return rows[0]?.alone !== true
}

/** The lock ends with its connection, so also when this server is killed. Others may hold it for a while. */
async function runAlone<Value>({ client: settings }: Address, work: () => Promise<Value>): Promise<Value> {
  const client = new Client({ ...settings, statement_timeout: 0, query_timeout: 0 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('select pg_advisory_lock($1)', [advisoryLocks.alone])
  } catch (error) {
    await client.end().catch(() => undefined)
    throw operationError('The database did not answer', error)
  }
  try {
    return await work()
  } finally {
    await client.end()
  }
}
