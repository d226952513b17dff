import { setTimeout as pause } from 'node:timers/promises'
import { Client, type ClientConfig } from 'pg'
import type { Subscriber } from '../cluster.ts'
import { advisoryLocks } from './advisory-locks.ts'
import { channel, readMessage } from './wake-up-message.ts'

/** Backoff between attempts to connect: doubles from the first value to the longest. */
const firstPauseMs = 250
const longestPauseMs = 10_000

/** Interval between tests of an idle connection. */
const probeIntervalMs = 30_000

/** Listens for wake-ups on a connection of its own until `signal` aborts, and reconnects whenever the connection breaks. */
export async function listenForWakeUps(
  settings: ClientConfig,
  serverId: string,
  subscriber: Subscriber,
  signal: AbortSignal,
): Promise<void> {
  const stopped = new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
  for (let pauseMs = firstPauseMs; !signal.aborted; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    const client = new Client(settings)
    client.on('notification', ({ payload }) => {
      for (const [topic, subject] of readMessage(payload, serverId)) subscriber.wakeUp(topic, subject)
    })
    const broken = new Promise<void>((resolve) => {
      client.on('error', () => resolve())
      client.on('end', () => resolve())
    })
    try {
      await client.connect()
      // Marks this server as running for as long as the connection lasts.
      await client.query('select pg_advisory_lock_shared($1)', [advisoryLocks.running])
      await client.query(`listen ${channel}`)
      pauseMs = firstPauseMs
      // Wake-ups before this moment did not arrive.
      subscriber.lost()
      await Promise.race([stopped, broken, probe(client)])
    } catch {
      // The next attempt follows after the pause.
    }
    await client.end().catch(() => undefined)
    await pause(pauseMs, undefined, { signal, ref: false }).catch(() => undefined)
  }
}

/** @throws once the connection does not answer, or its server was demoted: nobody sends wake-ups there. */
async function probe(client: Client): Promise<never> {
  for (;;) {
    await pause(probeIntervalMs, undefined, { ref: false })
    const { rows } = await client.query('select pg_is_in_recovery() as demoted')
    if (rows[0]?.demoted === true) throw new Error('the database was demoted')
  }
}
