import { type CoverageReport, type Measure, measures, totalsByMeasure } from './coverage-report.ts'
import { percentOf } from './outcome-report.ts'

/** Minimum coverage in percent. */
export type Thresholds = Readonly<Partial<Record<Measure, number>>>

/**
 * Reads the text of `--min`, such as `outcomes=90,branches=80`.
 * @returns the thresholds, or what is wrong with the text.
 */
export function readThresholds(text: string): Thresholds | string {
  const entries: [string, number][] = []
  for (const part of text.split(',')) {
    const [, name, percent] = /^\s*([^=\s]+)\s*=\s*(\d+(?:\.\d+)?)\s*%?\s*$/.exec(part) ?? []
    if (name === undefined) return `'${part.trim()}' is not a threshold such as outcomes=90`
    if (entries.some(([known]) => known === name)) return `'${name}' is given twice`
    entries.push([name, Number(percent)])
  }
  return checkedThresholds(Object.fromEntries(entries))
}

/** Checks thresholds of `sidegate.yaml`. @returns them, or what is wrong. */
export function checkedThresholds(given: Readonly<Record<string, number>>): Thresholds | string {
  for (const [name, percent] of Object.entries(given)) {
    if (!measures.some((measure) => measure === name))
      return `'${name}' can't be measured: use ${measures.join(', ')}`
    if (!(percent >= 0 && percent <= 100)) return `${name} must be from 0 to 100, not ${percent}`
  }
  return given
}

/** One line for each threshold that the report misses, such as `outcomes 71.4 % (5 of 7), but 90 % is required`. */
export function missedThresholds(report: CoverageReport, thresholds: Thresholds): string[] {
  const totals = totalsByMeasure(report)
  return measures.flatMap((measure) => {
    const required = thresholds[measure]
    // Nothing to cover is enough.
    const percent = percentOf(totals[measure]) ?? 100
    if (required === undefined || percent >= required) return []
    const { covered, total } = totals[measure]
    return [`${measure} ${percent} % (${covered} of ${total}), but ${required} % is required`]
  })
}
