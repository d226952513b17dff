import type { MetricsPort } from '../../src/nodes/ports/ports.ts'

/** Records what a node measures, with the test's clock. */
export function metricsFake(now = 1_700_000_000_000) {
  const measured: unknown[][] = []
  const metrics: MetricsPort = {
    count: (key) => void measured.push(['count', key]),
    time: (key, seconds) => void measured.push(['time', key, seconds]),
    now: () => now,
  }
  return { metrics, measured }
}
