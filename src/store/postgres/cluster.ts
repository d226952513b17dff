import { randomUUID } from 'node:crypto'
import { Client, type Pool } from 'pg'
import { OperationError } from '../../base/errors.ts'
import type { Cluster, Subscriber } from '../cluster.ts'
import type { Address } from './address.ts'
import { advisoryLocks } from './advisory-locks.ts'
import { operationError } from './failures.ts'
import { sharedClock } from './shared-clock.ts'
import { listenForWakeUps } from './wake-up-listener.ts'
import { channel, type WakeUp, wakeUpsPerMessage, writeMessage } from './wake-up-message.ts'

/** The servers that share a PostgreSQL database. @param pool connections to it, closed by the caller. */
export async function clusterOn(address: Address, pool: Pool): Promise<Cluster & { close(): Promise<void> }> {
  const clock = await sharedClock(() => databaseTime(pool))
  const serverId = randomUUID()
  const publish = wakeUpSender(serverId, (message) =>
    pool.query('select pg_notify($1, $2)', [channel, message]),
  )
  const closing = new AbortController()
  const listening: Promise<void>[] = []
  return {
    isShared: true,
    now: clock.now,
    exclusively: (work) => runExclusively(address, work),
    hasOthers: () => isUsed(pool),
    publish,
    subscribe(subscriber: Subscriber) {
      listening.push(listenForWakeUps(address.client, serverId, subscriber, closing.signal))
    },
    async close() {
      clock.stop()
      closing.abort()
      await Promise.all(listening)
    },
  }
}

async function databaseTime(pool: Pool): Promise<number> {
  const { rows } = await pool.query('select extract(epoch from clock_timestamp()) * 1000 as now')
  const now = Number(rows[0]?.now)
  if (Number.isNaN(now)) throw new OperationError('The database did not return its time')
  return now
}

/** Every running server holds a shared lock, so an exclusive one fails. */
async function isUsed(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query('select pg_try_advisory_xact_lock($1) as alone', [advisoryLocks.running])
  return rows[0]?.alone !== true
}

/** Holds a lock on its own connection: the lock ends with the connection, even if this server is killed. May wait long. */
async function runExclusively<Value>(
  { client: settings }: Address,
  work: () => Promise<Value>,
): Promise<Value> {
  const client = new Client({ ...settings, statement_timeout: 0, query_timeout: 0 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('select pg_advisory_lock($1)', [advisoryLocks.exclusive])
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

/** Beyond this many waiting wake-ups, the oldest are dropped. */
const maxWaiting = 10_000

/**
 * Sends wake-ups to the other servers. Those that arrive while a message is being sent share the next one.
 * @param notify sends a message. It must run outside the database transactions that the wake-ups are about, because
 * PostgreSQL commits transactions that notify one after the other.
 */
function wakeUpSender(from: string, notify: (message: string) => Promise<unknown>) {
  const waiting = new Map<string, WakeUp>()
  let isSending = false

  async function send(): Promise<void> {
    isSending = true
    while (waiting.size > 0) {
      const next = [...waiting].slice(0, wakeUpsPerMessage)
      for (const [key] of next) waiting.delete(key)
      const message = writeMessage(
        from,
        next.map(([, wakeUp]) => wakeUp),
      )
      // A failed message counts as lost.
      await notify(message).catch(() => undefined)
    }
    isSending = false
  }

  return (...wakeUp: WakeUp): void => {
    const [oldest] = waiting.keys()
    if (waiting.size >= maxWaiting && oldest !== undefined) waiting.delete(oldest)
    waiting.set(wakeUp.join(' '), wakeUp)
    if (!isSending) void send()
  }
}
