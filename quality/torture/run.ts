import { parseArgs } from 'node:util'
import { type Book, sum } from './book.ts'
import { type Report, torture } from './torture.ts'

// `npm run torture -- --minutes 10` runs its own servers on loopback, kills them, pauses them, cuts them off from their
// database and worse, and then compares every acknowledged change with their state. `--plant` removes guards from the servers
// first. `--no-faults` only loads them: then a response with 503 is a violation too. Exits with status 1 if there are violations.

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    players: { type: 'string', default: '16' },
    plant: { type: 'boolean', default: false },
    'no-faults': { type: 'boolean', default: false },
  },
})

// An interrupted run must not leave servers or disks behind. npm forwards a signal that the terminal has sent
// already: the second one must not stop the cleanup.
const interrupted = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupted.abort())

const report = await torture({
  seconds: Number(values.minutes) * 60,
  servers: 3,
  isPlanted: values.plant,
  withFaults: !values['no-faults'],
  players: Number(values.players),
  mustStop: () => false,
  signal: interrupted.signal,
  onProgress: (book) => console.log(line(book)),
})
print(report)
if (report.book.problems.length > 0) process.exitCode = 1

function line({ operations, faults, problems, checks, lost }: Book): string {
  return `${sum(operations)} operations · ${sum(faults)} faults · ${sum(lost)} without an answer · ${checks} checks · ${problems.length} violations`
}

function print({ book, missing, logged, seconds }: Report): void {
  table('Operations', book.operations)
  table('Faults', book.faults)
  table('Requests without an answer', book.lost)
  for (const reason of missing) console.log(`Not tried: ${reason}`)
  table('Errors in the logs of the servers', logged)
  table('Violations', countBy(book.problems.map(({ rule, seen }) => `${rule}: ${seen}`)))
  console.log(`\n${line(book)}`)
  console.log(`${Math.round(seconds)} s, ${Math.round(sum(book.operations) / seconds)} operations a second`)
}

function table(title: string, counts: ReadonlyMap<string, number>): void {
  console.log(`\n${title}`)
  const rows = [...counts].sort(([, a], [, b]) => b - a)
  for (const [name, count] of rows.slice(0, 60)) console.log(`${String(count).padStart(8)}  ${name}`)
}

function countBy(names: readonly string[]): Map<string, number> {
  return new Map([...Map.groupBy(names, (name) => name)].map(([name, all]) => [name, all.length]))
}
