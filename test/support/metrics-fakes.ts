import type { MetricsPort } from '../../src/nodes/ports/ports.ts'

/** Keeps what a node measures, by the clock of the test. */
export function metricsFake(now = 1_700_000_000_000) {
  const measured: unknown[][] = []
  const metrics: MetricsPort = {
    count: (key) => void measured.push(['count', key]),
    time: (key, seconds) => void measured.push(['time', key, seconds]),
    now: () => now,
  }
  return { metrics, measured }
}
