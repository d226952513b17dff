import { lineThrough } from './line-fit.ts'
import { measuredOn, type RunInfo } from './measured-on.ts'
import type { MemorySample } from './memory-growth.ts'
import type { Rows } from './stored-rows.ts'

/** Share of samples to ignore: the server is still warming up while code is compiled and pools and caches fill. */
const warmShare = 0.2

/** Growth in bytes per thousand steps, by a straight line through the samples of the warm server. */
export function slopeOf(samples: readonly MemorySample[], what: 'resident' | 'heap' | 'file'): number {
  const last = samples.at(-1)?.steps ?? 0
  const warm = samples.filter(({ steps }) => steps > warmShare * last)
  return 1000 * lineThrough(warm.map((sample) => [sample.steps, sample[what]])).slope
}

/** The section about one run. */
export function memoryReport(samples: readonly MemorySample[], run: RunInfo): string {
  const slope = (what: 'resident' | 'heap' | 'file') => `${Math.round(slopeOf(samples, what))} bytes`
  return [
    '`npm run bench:memory` writes this section. It runs steps over HTTP: half in journeys that are abandoned, half in complete',
    'checks. Before each sample, the clock moves a month ahead and maintenance deletes what has expired.',
    '',
    ...measuredOn(run),
    '',
    '| per 1,000 steps | growth |',
    '| --- | --- |',
    `| resident memory | ${slope('resident')} |`,
    `| heap after garbage collection | ${slope('heap')} |`,
    `| the SQLite file | ${slope('file')} |`,
    '',
    `Slope of a straight line through the samples after the first ${warmShare * 100} %.`,
    '',
    '| steps | resident | heap | file | rows before maintenance | rows after |',
    '| --- | --- | --- | --- | --- | --- |',
    ...samples.map(line),
    '',
    'Rows are those of journey sessions, transactions, their events, and the audit trail, with a retention of one day.',
    'The file keeps the space of deleted rows and reuses it.',
  ].join('\n')
}

function line({ steps, resident, heap, file, most, rows }: MemorySample): string {
  const cells = [steps.toLocaleString('en'), ...[resident, heap, file].map(megabytes), sum(most), sum(rows)]
  return `| ${cells.join(' | ')} |`
}

function megabytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MB`
}

function sum(rows: Rows): string {
  return Object.values(rows)
    .reduce((total, count) => total + count, 0)
    .toLocaleString('en')
}
