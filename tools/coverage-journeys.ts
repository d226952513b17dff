import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Measured, measure } from './journey-coverage.ts'

// Reports how much of a folder of exports runs on Sidegate: npm run coverage:journeys DIR

const [folder] = process.argv.slice(2)
if (folder === undefined) {
  console.error('Usage: npm run coverage:journeys DIR')
  process.exit(2)
}

const scratch = mkdtempSync(join(tmpdir(), 'sidegate-coverage-'))
const measured: Measured[] = []
try {
  for (const name of readdirSync(folder).toSorted()) {
    measured.push(await measure(join(folder, name), join(scratch, String(measured.length))))
  }
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
report(measured)

function report(all: readonly Measured[]): void {
  const without = all.filter(({ isNoExport }) => isNoExport)
  const files = all.filter(({ isNoExport }) => !isNoExport)
  console.log(`${files.length} files and folders with ${sum(files.map(({ journeys }) => journeys))} journeys`)
  console.log(line('parse', files, ({ error }) => error === undefined))
  console.log(line('import', files, ({ isImported }) => isImported))
  console.log(line('round-trip', files, ({ isRoundTrip }) => isRoundTrip))
  console.log(
    line('all types run', files, ({ unsupported, error }) => error === undefined && unsupported.length === 0),
  )
  console.log(
    line('lint-clean', files, ({ error, faults }) => error === undefined && faults.error.length === 0),
  )
  console.log(
    line('without warnings', files, ({ error, faults }) => error === undefined && isFaultless(faults)),
  )
  console.log(
    line('nothing missing', files, ({ missing, error }) => error === undefined && missing.length === 0),
  )
  for (const { name, error, reasons, faults } of files) {
    const said = error === undefined ? [...reasons, ...faults.error, ...faults.warning] : [error]
    if (said.length > 0) console.log(`\n${name}\n${said.map((reason) => `  ${reason}`).join('\n')}`)
  }
  const types = Map.groupBy(
    files.flatMap(({ unsupported }) => unsupported),
    (type) => type,
  )
  const byFrequency = [...types]
    .map(([type, uses]) => [type, uses.length] as const)
    .toSorted((a, b) => b[1] - a[1])
  console.log('\nTypes that do not run here, and in how many files they stand:')
  for (const [type, count] of byFrequency) console.log(`  ${String(count).padStart(3)}  ${type}`)
  for (const { name } of without) console.log(`\nNo journey in ${name}: not counted`)
}

/** Hints are ignored. */
function isFaultless({ error, warning }: Measured['faults']): boolean {
  return error.length === 0 && warning.length === 0
}

function line(what: string, files: readonly Measured[], holds: (one: Measured) => boolean): string {
  const count = files.filter(holds).length
  const share = files.length === 0 ? 0 : (100 * count) / files.length
  return `  ${what.padEnd(16)} ${String(count).padStart(4)} of ${files.length}  ${share.toFixed(1)} %`
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}
