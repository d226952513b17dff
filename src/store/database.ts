import type { ReadMemory } from '../base/request-memory.ts'
import type { Awaitable } from '../base/work.ts'
import type { DatabaseLoad } from '../telemetry/metrics/gauges.ts'
import type { Cluster } from './cluster.ts'
import type { Statement } from './query.ts'

/** One row as the database returns it, with column names in camel case and unchecked values. */
export type Row = Readonly<Record<string, unknown>>

/** The result of one statement of a unit. `affected` counts the rows that it wrote. */
export type StatementResult = { affected: number; rows: readonly Row[] }

/** The result of a unit. `guard` names the first guard that refused; nothing of the unit is saved then. */
export type UnitResult<Guard extends string> =
  | { kind: 'saved'; results: readonly StatementResult[] }
  | { kind: 'refused'; guard: Guard }

/**
 * Replaces marked statements of all units of a commit by others, in the order of the units. Synchronous, because the commit
 * must not wait.
 */
export type Collector = {
  /** Runs before the commit. If it throws, its changes are undone, and the marked statements run as they are. */
  run(statements: readonly Statement<string>[], run: (statement: Statement) => StatementResult): void
  /** Called when the changes of `run` are durable. Must not throw. */
  saved(): void
  /** Called if `run` failed. Must not throw. */
  failed(error: unknown, statements: readonly Statement<string>[]): void
}

/** A database of either dialect. Failures are OperationErrors, save nothing and leave the database usable. */
export interface Database {
  /** Sees everything that resolved calls of `write` have saved. Immediate where the database is a file of this process. */
  read(statement: Statement): Awaitable<readonly Row[]>

  /**
   * Runs the statements in order and saves all or nothing. A guarded statement must write exactly one row: another
   * number of rows or a violated unique index refuses the unit. Durable when the promise resolves.
   */
  write<Guard extends string = never>(unit: readonly Statement<Guard>[]): Promise<UnitResult<Guard>>

  /** Only with a single writer: collects marked statements from now on; undefined ends that. */
  collect?(collector: Collector | undefined): void

  /** A number that grows when this server writes the table, whose name is in snake case. */
  writesTo(table: string): number

  /** Where reads of the table are remembered until such a write. Undefined: nowhere, as outside of requests. */
  memory(table: string): ReadMemory | undefined

  /** Only with several writers: reads the configuration again, because another server has changed it. */
  forgetConfiguration?(): void

  /** Removes replaced and deleted content from the database files. Takes as long as copying them. */
  scrub(): Promise<void>

  /** Bytes on disk: of the database, and of SQLite's write-ahead log. Empty in memory. */
  bytes(): Promise<{ database?: number; wal?: number }>

  /** The current load, for metrics. */
  load(): DatabaseLoad

  /** The other servers that use this database. */
  readonly cluster: Cluster

  /** Finishes earlier calls, and rejects later ones. */
  close(): Promise<void>
}
