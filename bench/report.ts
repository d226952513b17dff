import { availableParallelism, cpus, loadavg, release } from 'node:os'
import { type Figure, isMet } from './figures.ts'

/** Everything that was measured in one run, and on what. */
export function report(figures: readonly Figure[], { startedAt, loadBefore }: RunInfo): string {
  return `${[
    '# What the server costs',
    '',
    'Written by `npm run bench`; every figure is of one run.',
    '',
    `- ${cpus()[0]?.model.trim()}, ${availableParallelism()} cores, Linux ${release()}, Node ${process.version}`,
    `- ${new Date(startedAt).toISOString()}, ${Math.round((Date.now() - startedAt) / 1000)} s`,
    `- load average ${loadBefore.toFixed(1)} before, ${(loadavg()[0] ?? 0).toFixed(1)} after`,
    '',
    ...table(figures),
    '',
    '- The clients run on the same cores as the server. CPU is that of the server alone, all threads, user and',
    '  system; rates are what was left to it.',
    '- The floor is a bare Fastify that answers a POST with its own JSON, of the size of a step, to as many clients.',
    '- The medians of rounds that take turns; a ratio is the median of the ratios of neighbouring rounds.',
    '- A step is one request of a journey of five: its start and four answers. The log is on and goes to a file;',
    '  storage is SQLite with `synchronous=FULL`.',
  ].join('\n')}\n`
}

export type RunInfo = { startedAt: number; loadBefore: number }

export function table(figures: readonly Figure[]): string[] {
  const rows = figures.map((figure) => [
    figure.id,
    figure.what,
    figure.measured,
    figure.compared,
    inUnit(figure.value, figure.unit),
    limitOf(figure),
    figure.limit === undefined ? '' : isMet(figure) ? 'yes' : '**no**',
  ])
  const head = ['', 'work', 'measured', 'compared with', 'result', 'target', 'met']
  const widths = head.map((title, column) =>
    Math.max(title.length, 3, ...rows.map((row) => row[column]?.length ?? 0)),
  )
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)]
}

function limitOf({ limit, unit }: Figure): string {
  if (limit === undefined) return ''
  const separator = unit === '×' ? '' : ' '
  return `${limit.kind === 'most' ? '≤' : '≥'} ${limit.value}${separator}${unit}`
}

function inUnit(value: number, unit: Figure['unit']): string {
  if (unit === '×') return `${value.toFixed(2)}×`
  return `${unit === 'ms' ? Math.round(value) : value.toFixed(1)} ${unit}`
}
