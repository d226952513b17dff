import type { Reporter, TestModule } from 'vitest/node'

const shown = 10

/** Prints the slowest test files at the end of a run. */
export class SlowestFiles implements Reporter {
  onTestRunEnd(files: readonly TestModule[]): void {
    // A run of a few files shows their times anyway.
    if (files.length <= shown) return
    const slowest = files
      .map((file) => ({ file, seconds: secondsOf(file) }))
      .toSorted((one, other) => other.seconds - one.seconds)
      .slice(0, shown)
    const lines = slowest.map(
      ({ file, seconds }) =>
        `${seconds.toFixed(1).padStart(6)} s  ${file.relativeModuleId} (${file.project.name})`,
    )
    process.stdout.write(`\nThe ${shown} slowest of ${files.length} files:\n${lines.join('\n')}\n`)
  }
}

function secondsOf(file: TestModule): number {
  const { collectDuration, setupDuration, duration } = file.diagnostic()
  return (collectDuration + setupDuration + duration) / 1000
}
