import type { Problem } from './record/problem.ts'

/** A kind of operation: one answer that says that something was changed. */
export type Operation =
  | 'journey started'
  | 'step taken'
  | 'step that notifies taken'
  | 'transaction opened'
  | 'transaction completed'
  | 'transaction cancelled'
  | 'transaction rejected'
  | 'journey saved'
  | 'person saved'

/** What is counted, and what was found to be wrong. */
export class Book {
  readonly operations = new Map<Operation, number>()
  readonly faults = new Map<string, number>()
  readonly problems: (Problem & { at: number })[] = []
  /** Requests without an answer of use, by what came instead. */
  readonly lost = new Map<string, number>()
  /** What was held against the record. */
  checks = 0
  readonly #startedAt = performance.now()

  acknowledged(operation: Operation): void {
    count(this.operations, operation)
  }

  noAnswer(instead: string): void {
    count(this.lost, instead)
  }

  fault(kind: string): void {
    count(this.faults, kind)
  }

  found(problems: readonly Problem[]): void {
    this.checks++
    const at = performance.now() - this.#startedAt
    this.problems.push(...problems.map((problem) => ({ ...problem, at })))
  }
}

function count<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

/** All of them together. */
export function sum(counts: ReadonlyMap<unknown, number>): number {
  return [...counts.values()].reduce((total, number) => total + number, 0)
}
