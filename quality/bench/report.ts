import { type Figure, isMet } from './figures.ts'
import { measuredOn, type RunInfo } from './measured-on.ts'

/** The section of one run that measured everything, and on what. */
export function report(figures: readonly Figure[], run: RunInfo): string {
  return [
    'Written by `npm run bench`; every figure is of one run.',
    '',
    ...measuredOn(run),
    '',
    ...table(figures),
    '',
    '- The clients run on the same cores as the server. CPU is that of the server alone, all threads, user and',
    '  system; rates are what was left to it.',
    '- The floor is a bare Fastify that answers a POST with its own JSON, of the size of a step, to as many clients.',
    '- The medians of rounds that take turns; a ratio is the median of the ratios of neighbouring rounds.',
    '- A step is one request of a journey of five: its start and four answers. The log is on and goes to a file;',
    '  storage is SQLite with `synchronous=FULL`.',
    "- P3: from the caller's request, so that their step and its commit are in it; 100 notifications a second, agents and",
    '  callers in one process, every feed on a connection of its own. Memory is that of a server that was just started.',
    '- P4: on both sides, one start for twenty polls. `oidc-provider` runs alone, and keeps everything in memory.',
    '- P5: `better-auth` hashes with scrypt by its own settings, which takes more than argon2id with ours.',
  ].join('\n')
}

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
  return `${value >= 500 ? Math.round(value) : value.toFixed(1)} ${unit}`
}
