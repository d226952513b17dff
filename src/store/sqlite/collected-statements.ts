import type { StatementSync } from 'node:sqlite'
import type { Collector, StatementResult } from '../database.ts'
import type { Statement } from '../query.ts'
import type { Connection } from './connection.ts'

const noted: StatementResult = { affected: 1, rows: [] }

/** Runs the statements of a commit's units, and the collector on their marked statements. */
export class CollectedStatements {
  readonly #connection: Connection
  readonly #marks: Record<'mark' | 'undo' | 'keep', StatementSync>
  #collector: Collector | undefined
  #statements: Statement<string>[] = []
  #isReplaced = false

  /** @param marks set a savepoint, return to it and release it. */
  constructor(connection: Connection, marks: Record<'mark' | 'undo' | 'keep', StatementSync>) {
    this.#connection = connection
    this.#marks = marks
  }

  use(collector: Collector | undefined): void {
    this.#collector = collector
  }

  /** Whether the collector gets the statement. */
  takes({ collected }: Statement<string>): boolean {
    return collected !== undefined && this.#collector !== undefined
  }

  run(statement: Statement<string>): StatementResult {
    if (!this.takes(statement)) return this.#connection.run(statement)
    this.#statements.push(statement)
    return noted
  }

  get count(): number {
    return this.#statements.length
  }

  /** Drops the statements of a unit that was undone. */
  dropAfter(count: number): void {
    this.#statements.length = count
  }

  /** Runs the collector, before the commit. */
  finish(): void {
    const [collector, statements] = [this.#collector, this.#statements]
    this.#statements = []
    if (collector === undefined || statements.length === 0) return
    const { raw, run } = this.#connection
    this.#marks.mark.run()
    try {
      collector.run(statements, run)
      this.#isReplaced = true
    } catch (cause) {
      // A full disk can end the whole database transaction with all its units.
      if (!raw.isTransaction) throw cause
      this.#marks.undo.run()
      for (const statement of statements) run(statement)
      collector.failed(cause, statements)
    }
    this.#marks.keep.run()
  }

  /** Call after the commit, or after its failure. */
  ended(isCommitted: boolean): void {
    const isSaved = isCommitted && this.#isReplaced
    this.#isReplaced = false
    this.#statements = []
    if (isSaved) this.#collector?.saved()
  }
}
