import { type Figure, isMet } from './figures.ts'
import { measuredOn, type RunInfo } from './measured-on.ts'

/** The section about one complete run. */
export function report(figures: readonly Figure[], run: RunInfo): string {
  return [
    '`npm run bench` writes this section, from one run.',
    '',
    ...measuredOn(run),
    '',
    ...table(figures),
    '',
    '- Clients and server share the cores. CPU is that of the server alone, all threads, user and system; the clients',
    '  reduce the rates.',
    '- The floor is a bare Fastify server that echoes JSON of the size of a step to the same number of clients.',
    '- Figures are medians over rounds in turn; a ratio is the median of the ratios of each round.',
    '- A step is one request of a journey with five: its start and four answers. The log goes to a file;',
    '  storage is SQLite with `synchronous=FULL`.',
    "- P3: from the caller's request, including the commit of the step; 100 notifications a second, agents and",
    '  callers in one process, every feed on its own connection. Memory is that of a fresh server.',
    '- P4: one start for twenty polls on both sides. `oidc-provider` runs alone and in memory.',
    '- P5: `better-auth` hashes with scrypt and its default settings, which costs more than our argon2id.',
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
