import type { Bundle } from '../../journeys/exchange/bundle.ts'
import { type CoveredScript, ScriptCoverage } from '../../sandbox/script-coverage.ts'
import type { PlayedRun } from '../play/player.ts'
import { type CoverageReport, coverageReport } from './coverage-report.ts'
import { OutcomeCounter } from './outcome-counter.ts'
import { measuredScripts } from './script-report.ts'

/** Measures which parts of a configuration walks take. */
export class Coverage {
  readonly scripts: ScriptCoverage
  readonly #bundle: Bundle
  readonly #outcomes: OutcomeCounter
  readonly #others: CoveredScript[][] = []

  constructor(bundle: Bundle) {
    this.#bundle = bundle
    this.#outcomes = new OutcomeCounter(bundle)
    this.scripts = new ScriptCoverage(measuredScripts(bundle))
  }

  /** Counts a walk, unless it was generated and nobody has reviewed it. */
  add({ runs, isGenerated }: { runs: readonly PlayedRun[]; isGenerated: boolean }): void {
    if (isGenerated) return
    for (const { steps } of runs) this.#outcomes.add(steps)
  }

  /** Counts what another thread has measured. */
  addScripts(covered: CoveredScript[]): void {
    this.#others.push(covered)
  }

  async report(): Promise<CoverageReport> {
    const scripts = mergedScripts([await this.scripts.report(), ...this.#others])
    return coverageReport(this.#bundle, this.#outcomes.report(), scripts)
  }

  close(): Promise<void> {
    return this.scripts.close()
  }
}

/** Adds up the coverage of the same scripts in several threads. */
function mergedScripts(reports: readonly CoveredScript[][]): CoveredScript[] {
  const merged = new Map<string, CoveredScript>()
  for (const script of reports.flat()) {
    const key = `${script.id}\n${script.hash}`
    const known = merged.get(key)
    merged.set(key, known === undefined ? script : sumOf(known, script))
  }
  return [...merged.values()]
}

/** Both have the same source, and therefore the same statements and branches. */
function sumOf(one: CoveredScript, other: CoveredScript): CoveredScript {
  return {
    ...one,
    runs: one.runs + other.runs,
    statements: one.statements.map((statement, at) => ({
      ...statement,
      hits: statement.hits + (other.statements[at]?.hits ?? 0),
    })),
    branches: one.branches.map((branch, at) => ({
      ...branch,
      hits: branch.hits.map((hits, way) => hits + (other.branches[at]?.hits[way] ?? 0)),
    })),
  }
}
