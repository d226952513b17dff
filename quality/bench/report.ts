import { comparison } from './comparison.ts'
import { type Figure, inUnit, isMet, isStretchMet, withSpread } from './figure.ts'
import { measuredOn, type RunInfo } from './measured-on.ts'
import type { Results } from './results.ts'
import { table } from './table.ts'

/** The section about one complete run. */
export function report(figures: readonly Figure[], results: Results, run: RunInfo): string {
  return [
    '`npm run bench` writes this section, from one run.',
    '',
    ...measuredOn(run),
    '',
    ...figureTable(figures),
    '',
    '- Brackets hold the lowest and the highest round. Servers take turns in each round; a ratio is the median of the ratios of',
    '  each round. "Stretch" means that the better of the two targets is met.',
    '- CPU is that of one server process, all threads, user and system. Clients and databases run in other processes.',
    '- The floor is a bare Fastify server that echoes the JSON of a step to the same number of clients.',
    '- A step is one request of a journey with five: its start and four answers. The log goes to a file. SQLite saves with',
    '  `synchronous=FULL`, PostgreSQL with its defaults.',
    "- P3: from the caller's request, including the commit of the step; 100 notifications a second from two processes, every feed",
    "  on its own connection. Memory is that of a fresh server. The machine's limit of open files may allow fewer feeds than 20,000.",
    '- P4: one start for twenty polls on both sides.',
    '- P5: "beside the hash" is the CPU of all threads except libuv\'s thread pool, which only hashes passwords here.',
    "- P6: a worker's memory is private memory that the first scripts add to a warm server, after the garbage of the main thread is",
    '  collected.',
    '',
    '## Beside other servers',
    '',
    ...comparison(results),
    '',
    '- The others keep all data in memory; Sidegate saves steps, sessions and audit entries durably. All cache their compiled code.',
    '- Logins: Sidegate runs two steps of a journey. `oidc-provider` runs an authorization request, up to the code, with a login form',
    '  that hashes like Sidegate. `better-auth` hashes like Sidegate by its `password` option, or by its own default.',
    '- `better-auth` and `oidc-provider` start without people. Sidegate starts on an empty data folder and adds the samples.',
  ].join('\n')
}

export function figureTable(figures: readonly Figure[]): string[] {
  const head = ['', 'work', 'measured', 'compared with', 'result', 'target', 'met']
  return table([
    head,
    ...figures.map((figure) => [
      figure.id,
      figure.what,
      figure.measured,
      figure.compared,
      withSpread(figure.result, inUnit(figure.unit)),
      targetOf(figure),
      verdictOn(figure),
    ]),
  ])
}

function targetOf({ limit, unit }: Figure): string {
  if (limit === undefined) return ''
  const separator = unit === '×' ? '' : ' '
  const target = `${limit.kind === 'most' ? '≤' : '≥'} ${limit.value}${separator}${unit}`
  return limit.stretch === undefined ? target : `${target} (${limit.stretch}${separator}${unit})`
}

function verdictOn(figure: Figure): string {
  if (figure.limit === undefined) return ''
  if (!isMet(figure)) return '**no**'
  return isStretchMet(figure) ? 'stretch' : 'yes'
}
