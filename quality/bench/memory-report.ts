import { lineThrough } from './line-fit.ts'
import { measuredOn, type RunInfo } from './measured-on.ts'
import type { MemorySample } from './memory-growth.ts'
import type { Rows } from './stored-rows.ts'

/** Samples before it are of a server that still warms up: code is compiled, pools and caches fill. */
const warmShare = 0.2

/** Bytes that something grows by in a thousand steps, by a straight line through the samples of the warm server. */
export function slopeOf(samples: readonly MemorySample[], what: 'resident' | 'heap' | 'file'): number {
  const last = samples.at(-1)?.steps ?? 0
  const warm = samples.filter(({ steps }) => steps > warmShare * last)
  return 1000 * lineThrough(warm.map((sample) => [sample.steps, sample[what]])).slope
}

/** The section of one run. */
export function memoryReport(samples: readonly MemorySample[], run: RunInfo): string {
  const slope = (what: 'resident' | 'heap' | 'file') => `${Math.round(slopeOf(samples, what))} bytes`
  return [
    'Written by `npm run bench:memory`: steps over HTTP, half of them in journeys that somebody leaves, half in checks of',
    'both sides that come to their end. After each sample a month goes by and the server forgets what has ended.',
    '',
    ...measuredOn(run),
    '',
    '| for each 1,000 steps | grows by |',
    '| --- | --- |',
    `| resident memory | ${slope('resident')} |`,
    `| heap, all garbage gone | ${slope('heap')} |`,
    `| the SQLite file | ${slope('file')} |`,
    '',
    `A straight line through the samples after the first ${warmShare * 100} %.`,
    '',
    '| steps | resident | heap | file | rows at most | rows left |',
    '| --- | --- | --- | --- | --- | --- |',
    ...samples.map(line),
    '',
    'Rows are those of journey sessions, transactions, their events, and the audit book, which is told to keep a day.',
    'The file keeps the room of what left, and uses it again.',
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
