import { availableParallelism, cpus, loadavg, release } from 'node:os'

/** Start of a run in epoch milliseconds, and the load of the machine at that time. */
export type RunInfo = { startedAt: number; loadBefore: number }

/** Machine, time and load of a run, as list items. */
export function measuredOn({ startedAt, loadBefore }: RunInfo): string[] {
  return [
    `- ${cpus()[0]?.model.trim()}, ${availableParallelism()} cores, Linux ${release()}, Node ${process.version}`,
    `- ${new Date(startedAt).toISOString()}, ${Math.round((Date.now() - startedAt) / 1000)} s`,
    `- load average ${loadBefore.toFixed(1)} before, ${(loadavg()[0] ?? 0).toFixed(1)} after`,
  ]
}
