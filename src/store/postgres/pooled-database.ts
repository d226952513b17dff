import { randomInt } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { Pool, type PoolClient } from 'pg'
import { BusyError, OperationError } from '../../base/errors.ts'
import { newReadMemory, requestMemory } from '../../base/request-memory.ts'
import type { Database } from '../database.ts'
import type { Address } from './address.ts'
import { clusterOn } from './cluster.ts'
import { endsConnections, isBroken, isRetryable, operationError } from './failures.ts'
import { requestOf, resultOf, Writes } from './prepared.ts'
import { runUnit } from './unit.ts'
import { getTypeParser } from './whole-numbers.ts'

/** Maximum number of waiting statements per connection. Further ones are rejected immediately instead of after a timeout. */
const maxWaitingEach = 1000

/** Attempts after conflicts with other servers. */
const maxAttempts = 5

/** Maximum random pause between attempts, in milliseconds. */
const longestPauseMs = 20

/**
 * Ignores error events of idle and broken connections. Callers get the errors through their statements, and an
 * unhandled event would end the process.
 */
export function ignoreIdleErrors(pool: Pool): void {
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
}

/** Tables that requests read and administrators write: remembered in the server until another one says that it wrote them. */
const configurationTables: ReadonlySet<string> = new Set(['oauth_clients'])

/** Opens a migrated database. `close` waits for statements in flight. */
export async function pooledDatabase(address: Address, connections: number): Promise<Database> {
  const pool = new Pool({ ...address.client, max: connections, pipeline: true, types: { getTypeParser } })
  ignoreIdleErrors(pool)
  const generations = generationsOf(pool)
  const cluster = await clusterOn(address, pool)
  const writes = new Writes()
  let configuration = newReadMemory()
  const inFlight = new Set<Promise<unknown>>()
  let isClosed = false

  /** Runs `work` on a connection, with retries after conflicts. */
  async function run<Value>(what: string, work: (client: PoolClient) => Promise<Value>): Promise<Value> {
    for (let attempt = 1; ; attempt++) {
      const client = await connect(pool, generations, what)
      try {
        const value = await work(client)
        client.release()
        return value
      } catch (error) {
        client.release(isBroken(error))
        if (endsConnections(error)) generations.end()
        if (!isRetryable(error) || attempt === maxAttempts) throw operationError(what, error)
      }
      await pause(randomInt(longestPauseMs))
    }
  }

  /** Tracks the work, so that `close` waits for it. */
  function tracked<Value>(start: () => Promise<Value>): Promise<Value> {
    if (isClosed) return Promise.reject(new OperationError('The database is closed'))
    const work = start()
    inFlight.add(work)
    const end = () => void inFlight.delete(work)
    work.then(end, end)
    return work
  }

  return {
    cluster,
    read: (statement) =>
      tracked(() =>
        run('The database did not answer', async (client) => {
          return resultOf(await client.query(requestOf(statement))).rows
        }),
      ),
    write: (unit) =>
      tracked(async () => {
        if (unit.length === 0) return { kind: 'saved', results: [] }
        writes.add(unit)
        try {
          return await run('The database did not save', (client) => runUnit(client, unit))
        } finally {
          if (writes.add(unit).some((table) => configurationTables.has(table))) {
            cluster.publish('configuration', '')
          }
        }
      }),
    writesTo: (table) => writes.of(table),
    memory: (table) => (configurationTables.has(table) ? configuration : requestMemory()),
    forgetConfiguration() {
      configuration = newReadMemory()
    },
    scrub: () =>
      tracked(() =>
        run('The database was not scrubbed', async (client) => {
          await client.query('vacuum full')
        }),
      ),
    bytes: () =>
      tracked(() =>
        run('The database did not answer', async (client) => {
          const { rows } = await client.query('select pg_database_size(current_database()) as bytes')
          return { database: Number(rows[0]?.bytes) }
        }),
      ),
    load: () => ({
      used: pool.totalCount - pool.idleCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount,
    }),
    async close() {
      if (isClosed) return
      isClosed = true
      await Promise.allSettled(inFlight)
      await cluster.close()
      await pool.end()
    },
  }
}

/**
 * After a demotion all connections lead to the wrong server, and after an upgrade all have outdated statements, so the pool
 * leaves them all. At most once in this time.
 */
const generationMs = 1000

/** Tells connections that were opened before the last end from later ones. */
type Generations = { isOld(client: PoolClient): boolean; end(): void }

function generationsOf(pool: Pool): Generations {
  const born = new WeakMap<PoolClient, number>()
  let current = 0
  let endedAt = Number.NEGATIVE_INFINITY
  pool.on('connect', (client) => born.set(client, current))
  return {
    isOld: (client) => born.get(client) !== current,
    end() {
      // A database that stays read-only must not make every request open all connections again.
      if (performance.now() - endedAt < generationMs) return
      endedAt = performance.now()
      current += 1
    },
  }
}

async function connect(pool: Pool, generations: Generations, what: string): Promise<PoolClient> {
  if (pool.waitingCount >= pool.options.max * maxWaitingEach) {
    throw new BusyError('database', `${what}: too many wait for it`)
  }
  try {
    for (;;) {
      const client = await pool.connect()
      if (!generations.isOld(client)) return client
      client.release(true)
    }
  } catch (error) {
    throw operationError(what, error)
  }
}
