import type { RealmConfiguration } from '../../journeys/revision.ts'
import type { CoveredScript } from '../../sandbox/script-coverage.ts'
import type { Count, OutcomeReport } from './outcome-report.ts'
import { type ScriptReport, scriptReport } from './script-report.ts'

/** Coverage of a configuration by walks. Its JSON is the report for programs. */
export type CoverageReport = { outcomes: OutcomeReport; scripts: ScriptReport }

export const measures = [
  'outcomes',
  'connections',
  'ends',
  'innerJourneys',
  'lines',
  'statements',
  'branches',
] as const

/** What thresholds can name. */
export type Measure = (typeof measures)[number]

/** @param scripts the report of the script engine's measurement. */
export function coverageReport(
  configuration: Omit<RealmConfiguration, 'realm'>,
  outcomes: OutcomeReport,
  scripts: readonly CoveredScript[],
): CoverageReport {
  return { outcomes, scripts: scriptReport(configuration, scripts) }
}

export function totalsByMeasure({ outcomes, scripts }: CoverageReport): Readonly<Record<Measure, Count>> {
  return { ...outcomes.totals, ...scripts.totals }
}
