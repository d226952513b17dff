import type { DatabaseLoad } from '../telemetry/metrics/gauges.ts'
import type { Cluster } from './cluster.ts'
import type { Statement } from './query.ts'

/** One row as the database answers it, its columns in camel case; nothing is checked yet. */
export type Row = Readonly<Record<string, unknown>>

/** What one statement of a unit did. `affected` counts the rows it wrote. */
export type StatementResult = { affected: number; rows: readonly Row[] }

/** What became of a unit. `guard` names the first guard that refused; then nothing of the unit is saved. */
export type UnitResult<Guard extends string> =
  | { kind: 'saved'; results: readonly StatementResult[] }
  | { kind: 'refused'; guard: Guard }

/** What the aggregates ask of a dialect. What fails is an OperationError, saves nothing and leaves it usable. */
export interface Database {
  /** Sees whatever `write` has answered. */
  read(statement: Statement): Promise<readonly Row[]>

  /**
   * Runs the statements in order and saves all or nothing. A guarded statement must write exactly one row; one that
   * writes another number or breaks a uniqueness rule refuses the unit. Durable when the promise resolves.
   */
  write<Guard extends string = never>(unit: readonly Statement<Guard>[]): Promise<UnitResult<Guard>>

  /** Leaves nothing in the files of the database of what was replaced or removed. Takes as long as copying them. */
  scrub(): Promise<void>

  /** How busy it is right now, for metrics. */
  load(): DatabaseLoad

  /** The other servers that use it. */
  readonly cluster: Cluster

  /** Finishes what was asked before, then refuses everything. */
  close(): Promise<void>
}
