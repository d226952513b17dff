import type { Problem } from './record/problem.ts'

/** The kind of an acknowledged change. */
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

/** Counters, and violations. */
export class Book {
  readonly operations = new Map<Operation, number>()
  readonly faults = new Map<string, number>()
  readonly problems: (Problem & { at: number })[] = []
  /** Number of requests without a usable response, by what came instead. */
  readonly lost = new Map<string, number>()
  /** Number of comparisons with the record. */
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

/** The sum of all counts. */
export function sum(counts: ReadonlyMap<unknown, number>): number {
  return [...counts.values()].reduce((total, number) => total + number, 0)
}
