import type { StatementSync } from 'node:sqlite'
import { OperationError } from '../../base/errors.ts'
import type { Collector, StatementResult, UnitResult } from '../database.ts'
import { isRefusing, needsUndo, type Statement } from '../query.ts'
import { CollectedStatements } from './collected-statements.ts'
import type { Connection } from './connection.ts'
import { operationError } from './operation-error.ts'

export type Writer = {
  write<Guard extends string>(unit: readonly Statement<Guard>[]): Promise<UnitResult<Guard>>
  collect(collector: Collector | undefined): void
  /** Number of units that wait for the next commit. */
  waiting(): number
  /** Saves waiting units, and rejects later ones. */
  close(): void
}

/** A waiting unit. `run` keeps the unit's own failure for its caller; if it throws, the whole batch fails. */
type Waiting = { run(): void; answer(): void; fail(error: OperationError): void }

type Marks = Record<'begin' | 'commit' | 'mark' | 'undo' | 'keep', StatementSync>

/**
 * Writes with group commit: units that arrive in the same turn of the event loop share one commit and one wait for the
 * disk. Nothing is awaited between begin and commit, so a batch never delays a reader or the next batch.
 */
export function createWriter(connection: Connection): Writer {
  const marks = prepareMarks(connection)
  const collected = new CollectedStatements(connection, marks)
  let waiting: Waiting[] = []
  let isClosed = false

  function flush(): void {
    const batch = waiting
    waiting = []
    if (batch.length === 0) return
    try {
      marks.begin.run()
      for (const unit of batch) unit.run()
      collected.finish()
      marks.commit.run()
    } catch (cause) {
      if (connection.raw.isTransaction) connection.raw.exec('rollback')
      collected.ended(false)
      const error = operationError('The database did not save', cause)
      for (const unit of batch) unit.fail(error)
      return
    }
    for (const unit of batch) unit.answer()
    collected.ended(true)
  }

  return {
    write(unit) {
      if (isClosed) return Promise.reject(new OperationError('The database is closed'))
      return new Promise((resolve, reject) => {
        if (waiting.length === 0) setImmediate(flush)
        waiting.push(waitingUnit({ connection, collected, marks }, unit, resolve, reject))
      })
    },
    collect: (collector) => collected.use(collector),
    waiting: () => waiting.length,
    close() {
      flush()
      isClosed = true
    },
  }
}

function prepareMarks({ raw }: Connection): Marks {
  return {
    begin: raw.prepare('begin immediate'),
    commit: raw.prepare('commit'),
    mark: raw.prepare('savepoint unit'),
    undo: raw.prepare('rollback to unit'),
    keep: raw.prepare('release unit'),
  }
}

/**
 * Runs a unit under a savepoint if it needs one, so that its refusal or failure doesn't undo the other units of the commit.
 */
function waitingUnit<Guard extends string>(
  { connection, collected, marks }: { connection: Connection; collected: CollectedStatements; marks: Marks },
  unit: readonly Statement<Guard>[],
  resolve: (result: UnitResult<Guard>) => void,
  reject: (error: OperationError) => void,
): Waiting {
  let outcome: UnitResult<Guard> | OperationError
  return {
    run() {
      const before = collected.count
      const isMarked = needsUndo(unit.filter((statement) => !collected.takes(statement)))
      if (isMarked) marks.mark.run()
      try {
        outcome = runUnit(collected, unit, isMarked)
      } catch (cause) {
        // A full disk can end the whole database transaction with all its units.
        if (!connection.raw.isTransaction || cause === severalRows) throw cause
        outcome = operationError('The database did not save', cause)
      }
      if (outcome instanceof OperationError || outcome.kind === 'refused') {
        if (isMarked) marks.undo.run()
        collected.dropAfter(before)
      }
      if (isMarked) marks.keep.run()
    },
    answer: () => (outcome instanceof OperationError ? reject(outcome) : resolve(outcome)),
    fail: reject,
  }
}

/** A defect, which fails the whole batch: only its rollback undoes the rows. */
const severalRows = new Error('a guarded statement without others wrote several rows')

function runUnit<Guard extends string>(
  collected: CollectedStatements,
  unit: readonly Statement<Guard>[],
  isMarked: boolean,
): UnitResult<Guard> {
  const results: StatementResult[] = []
  for (const statement of unit) {
    const result = resultOf(collected, statement)
    if (statement.guard !== undefined && isRefusing(statement, result?.affected)) {
      if (!isMarked && result !== undefined && result.affected > 1) throw severalRows
      return { kind: 'refused', guard: statement.guard }
    }
    if (result !== undefined) results.push(result)
  }
  return { kind: 'saved', results }
}

/** Undefined if a guarded statement violated a unique index. */
function resultOf(collected: CollectedStatements, statement: Statement<string>): StatementResult | undefined {
  try {
    return collected.run(statement)
  } catch (error) {
    if (statement.guard !== undefined && isTaken(error)) return undefined
    throw error
  }
}

/** SQLITE_CONSTRAINT_PRIMARYKEY and SQLITE_CONSTRAINT_UNIQUE. */
function isTaken(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && (error.errcode === 1555 || error.errcode === 2067)
}
