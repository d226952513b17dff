import { setTimeout as pause } from 'node:timers/promises'
import { Client, type ClientConfig } from 'pg'
import type { Ear } from '../cluster.ts'
import { advisoryLocks } from './advisory-locks.ts'
import { channel, readNote } from './hint-note.ts'

/** The pauses before the next try to connect double from the first to the longest, in milliseconds. */
const firstPauseMs = 250
const longestPauseMs = 10_000

/** A connection on which nothing comes is asked this often whether it still is one. */
const askEveryMs = 30_000

/** Hears hints on a connection of its own until `signal` says stop, and connects again whenever it breaks. */
export async function listenForHints(
  settings: ClientConfig,
  own: string,
  ear: Ear,
  signal: AbortSignal,
): Promise<void> {
  const stopped = new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
  for (let pauseMs = firstPauseMs; !signal.aborted; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    const client = new Client(settings)
    client.on('notification', ({ payload }) => {
      for (const [topic, subject] of readNote(payload, own)) ear.hear(topic, subject)
    })
    const broken = new Promise<void>((resolve) => {
      client.on('error', () => resolve())
      client.on('end', () => resolve())
    })
    try {
      await client.connect()
      // Says for as long as the connection lasts that this server runs.
      await client.query('select pg_advisory_lock_shared($1)', [advisoryLocks.running])
      await client.query(`listen ${channel}`)
      pauseMs = firstPauseMs
      // What was told before was not heard.
      ear.lost()
      await Promise.race([stopped, broken, keepAsking(client)])
    } catch {
      // The next try may go better.
    }
    await client.end().catch(() => undefined)
    await pause(pauseMs, undefined, { signal, ref: false }).catch(() => undefined)
  }
}

/** @throws once there is no answer. */
async function keepAsking(client: Client): Promise<never> {
  for (;;) {
    await pause(askEveryMs, undefined, { ref: false })
    await client.query('select 1')
  }
}
