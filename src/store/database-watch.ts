import { randomInt } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { StorageError, type StorageProblem } from '../base/errors.ts'
import { hex } from '../secrets/random.ts'
import type { Database, UnitResult } from './database.ts'
import { upsertRow } from './plain-statements.ts'

/** `read`: one statement. `save`: one unit. */
export type DatabaseOperation = 'read' | 'save'

/** Is told what happens between the server and its database. Its methods must not throw. */
export type DatabaseObserver = {
  /** Reads of SQLite take microseconds and are not told. */
  took(operation: DatabaseOperation, seconds: number): void
  failed(operation: DatabaseOperation, problem: StorageProblem): void
  /** The first failure of an outage. */
  outageBegan(error: StorageError): void
  /** A save succeeded. `failures`: how many operations failed meanwhile, the first included. */
  outageEnded(outage: { seconds: number; failures: number }): void
}

export type DatabaseHealth = {
  /** Resolves if the database saved something within the last second, or saves a probe now. @throws StorageError. */
  check(): Promise<void>
  /** Replaces the observer. */
  observe(observer: DatabaseObserver): void
}

/** A save counts as recent for this time, and at most one probe is written in it. */
const recentMs = 1000

/** Time for a probe. Load balancers wait a few seconds for an answer. */
const probeMs = 2000

/** Servers choose one at random, so that they don't wait for each other and leave few rows. */
const slots = 64

/** After a failure a probe needs new pages, because a full disk can still have room in those that exist. */
const paddingLength = 65_536

const writeProbe = upsertRow('saveProbes', ['slot'], ['savedAt', 'padding'])

const silent: DatabaseObserver = { took() {}, failed() {}, outageBegan() {}, outageEnded() {} }

/**
 * The same database, and its health. An outage begins with a failed operation and ends when a probe is saved, which every check
 * and every save during the outage tries. @param elapsed milliseconds of a clock that never jumps.
 */
export function watchedDatabase(
  database: Database,
  elapsed: () => number = () => performance.now(),
): { database: Database; health: DatabaseHealth } {
  const slot = randomInt(slots)
  let observer = silent
  let outage: { error: StorageError; since: number; failures: number } | undefined
  let savedAt = Number.NEGATIVE_INFINITY
  let probedAt = Number.NEGATIVE_INFINITY
  let probe: Promise<void> | undefined

  function failed(operation: DatabaseOperation, error: unknown): void {
    if (!(error instanceof StorageError)) return
    observer.failed(operation, error.problem)
    if (outage !== undefined) outage.failures += 1
    else {
      outage = { error, since: elapsed(), failures: 1 }
      observer.outageBegan(error)
    }
  }

  function ended(): void {
    if (outage === undefined) return
    const { since, failures } = outage
    outage = undefined
    observer.outageEnded({ seconds: (elapsed() - since) / 1000, failures })
  }

  async function saveProbe(): Promise<void> {
    probedAt = elapsed()
    const padding = outage === undefined ? '' : hex(paddingLength)
    try {
      await inTime(database.write([writeProbe({ slot, savedAt: database.cluster.now(), padding })]))
    } catch (error) {
      failed('save', error)
      throw error
    }
    ended()
  }

  async function check(): Promise<void> {
    if (outage === undefined && elapsed() - savedAt < recentMs) return
    if (probe === undefined && elapsed() - probedAt < recentMs) {
      if (outage !== undefined) throw outage.error
      return
    }
    probe ??= saveProbe().finally(() => {
      probe = undefined
    })
    await probe
  }

  async function timed<Value>(operation: DatabaseOperation, work: Promise<Value>): Promise<Value> {
    const begunAt = elapsed()
    try {
      const value = await work
      observer.took(operation, (elapsed() - begunAt) / 1000)
      return value
    } catch (error) {
      failed(operation, error)
      throw error
    }
  }

  function observe(next: DatabaseObserver): void {
    observer = next
  }

  const watched: Database = {
    ...database,
    read(statement) {
      try {
        const rows = database.read(statement)
        return rows instanceof Promise ? timed('read', rows) : rows
      } catch (error) {
        failed('read', error)
        throw error
      }
    },
    async write(unit) {
      const result = await timed('save', database.write(unit))
      if (hasWritten(result)) savedAt = elapsed()
      if (outage !== undefined) void check().catch(() => undefined)
      return result
    },
  }
  return { database: watched, health: { check, observe } }
}

/** A unit that changed no row proves nothing: its commit writes nothing. */
function hasWritten(result: UnitResult<string>): boolean {
  return (
    result.kind === 'saved' && result.results.some(({ affected, rows }) => affected > 0 && rows.length === 0)
  )
}

async function inTime<Value>(work: Promise<Value>): Promise<Value> {
  const ending = new AbortController()
  const late = pause(probeMs, undefined, { signal: ending.signal, ref: false }).then(() => {
    throw new StorageError('away', 'The database did not save in time')
  })
  try {
    return await Promise.race([work, late])
  } finally {
    ending.abort()
    late.catch(() => undefined)
    work.catch(() => undefined)
  }
}
