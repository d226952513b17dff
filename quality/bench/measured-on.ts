import { availableParallelism, cpus, loadavg, release } from 'node:os'

/** When a run began, epoch milliseconds, and what else the machine did then. */
export type RunInfo = { startedAt: number; loadBefore: number }

/** The machine, the time and the load of a run, in lines of a list. */
export function measuredOn({ startedAt, loadBefore }: RunInfo): string[] {
  return [
    `- ${cpus()[0]?.model.trim()}, ${availableParallelism()} cores, Linux ${release()}, Node ${process.version}`,
    `- ${new Date(startedAt).toISOString()}, ${Math.round((Date.now() - startedAt) / 1000)} s`,
    `- load average ${loadBefore.toFixed(1)} before, ${(loadavg()[0] ?? 0).toFixed(1)} after`,
  ]
}
