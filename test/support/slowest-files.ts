import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Reporter, TestModule } from 'vitest/node'
import { recordable, slowerThan, timesSchema } from './times.ts'

const shown = 10

const recordedIn = join(import.meta.dirname, '..', 'times.json')

/** Prints the slowest test files at the end of a run, and what has become slower than in `times.json`. Times fail no run. */
export class SlowestFiles implements Reporter {
  onTestRunEnd(files: readonly TestModule[]): void {
    // A run of a few files shows their times anyway.
    if (files.length <= shown) return
    const times = files.map(
      (file) => [`${file.relativeModuleId} (${file.project.name})`, secondsOf(file)] as const,
    )
    const slowest = times.toSorted(([, one], [, other]) => other - one).slice(0, shown)
    const lines = slowest.map(([name, seconds]) => `${seconds.toFixed(1).padStart(6)} s  ${name}`)
    process.stdout.write(`\nThe ${shown} slowest of ${files.length} files:\n${lines.join('\n')}\n`)
    compare(Object.fromEntries(times))
  }
}

function compare(seconds: Record<string, number>): void {
  if (process.env.SIDEGATE_RECORD_TIMES !== undefined) {
    writeFileSync(recordedIn, `${JSON.stringify(recordable(seconds), null, 2)}\n`)
    return
  }
  const slower = slowerThan(timesSchema.parse(JSON.parse(readFileSync(recordedIn, 'utf8'))), seconds)
  if (slower.length === 0) return
  process.stdout.write(
    `\nSlower than in test/times.json, at the pace of its machine:\n${slower.join('\n')}\n`,
  )
}

function secondsOf(file: TestModule): number {
  const { collectDuration, setupDuration, duration } = file.diagnostic()
  return (collectDuration + setupDuration + duration) / 1000
}
