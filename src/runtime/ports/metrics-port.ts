import type { MetricsPort } from '../../nodes/ports/ports.ts'
import type { RunContext } from './run-context.ts'

/** Collects what the nodes of a step measure: it is counted once the step is saved. */
export function metricsPort({ effects: { measurements } }: RunContext): MetricsPort {
  return {
    count: (key) => void measurements.push({ kind: 'count', key }),
    now: () => Date.now(),
    time: (key, seconds) => void measurements.push({ kind: 'time', key, seconds }),
  }
}
