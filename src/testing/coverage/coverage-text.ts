import type { CoverageReport } from './coverage-report.ts'
import { type Count, type JourneyCoverage, percentOf, uncoveredOutcomes } from './outcome-report.ts'
import { scriptTotalsOf } from './script-report.ts'

const headings = ['', 'outcomes', 'connections', 'ends', 'lines', 'branches']
const nameWidth = 36

/** A report for terminals. @param most maximum number of entries of each list. */
export function coverageText(report: CoverageReport, { most = 20 } = {}): string {
  const { outcomes, scripts } = report
  const entered = outcomes.journeys.filter(({ starts }) => starts > 0)
  const others = outcomes.journeys.filter(({ starts }) => starts === 0)
  const uncovered = uncoveredOutcomes({ ...outcomes, journeys: entered })
  const unreachable = outcomes.journeys.flatMap((journey) =>
    journey.unreachable.map(({ name }) => `${journey.name}  ${name}`),
  )
  return [
    ...tableOf(report, entered),
    ...listOf(
      'Outcomes that no walk takes',
      uncovered.map(({ journey, node, outcome }) => `${journey}  ${node} → ${outcome}`),
      most,
    ),
    ...listOf(
      'Journeys that no walk enters',
      others.map(({ name }) => name),
      most,
    ),
    ...listOf('Nodes that no connection reaches (not counted)', unreachable, most),
    ...listOf(
      'Scripts that cannot be measured',
      scripts.scripts.flatMap(({ name, problem }) => (problem === undefined ? [] : `${name}: ${problem}`)),
      most,
    ),
    ...listOf(
      'Scripts that no journey uses (not counted)',
      scripts.unused.map(({ name }) => name),
      most,
    ),
  ].join('\n')
}

function tableOf(report: CoverageReport, journeys: readonly JourneyCoverage[]): string[] {
  const { outcomes, scripts } = report
  const rows = journeys.map((journey) => {
    const { lines, branches } = scriptTotalsOf(
      scripts.scripts.filter((script) => script.journeys.includes(journey.name)),
    )
    const { totals } = journey
    return [journey.name, ...[totals.outcomes, totals.connections, totals.ends, lines, branches].map(cell)]
  })
  const { totals } = outcomes
  const { lines, branches } = scripts.totals
  const all = ['All', ...[totals.outcomes, totals.connections, totals.ends, lines, branches].map(cell)]
  return aligned([headings, ...rows, all])
}

/** Such as `5/7 71.4 %`. */
function cell(count: Count): string {
  const percent = percentOf(count)
  return percent === undefined ? '–' : `${count.covered}/${count.total} ${percent} %`
}

function aligned(rows: readonly string[][]): string[] {
  const cut = rows.map(([name = '', ...cells]) => [shortened(name), ...cells])
  const widths = headings.map((_, at) => Math.max(...cut.map((row) => row[at]?.length ?? 0)))
  return cut.map(([name = '', ...cells]) =>
    [name.padEnd(widths[0] ?? 0), ...cells.map((text, at) => text.padStart(widths[at + 1] ?? 0))].join('  '),
  )
}

function shortened(name: string): string {
  return name.length <= nameWidth ? name : `${name.slice(0, nameWidth - 1)}…`
}

function listOf(title: string, entries: readonly string[], most: number): string[] {
  if (entries.length === 0) return []
  const rest = entries.length - most
  return [
    '',
    `${title}: ${entries.length}`,
    ...entries.slice(0, most).map((entry) => `  ${entry}`),
    ...(rest > 0 ? [`  … and ${rest} more`] : []),
  ]
}
