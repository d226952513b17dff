import type { Bundle } from '../../journeys/exchange/bundle.ts'
import { type CoveredScript, ScriptCoverage } from '../../sandbox/script-coverage.ts'
import type { PlayedRun } from '../play/player.ts'
import { type CoverageReport, coverageReport } from './coverage-report.ts'
import { mergedScripts } from './merged-scripts.ts'
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
