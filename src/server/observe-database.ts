import type { Logger } from 'pino'
import type { Stores } from '../store/stores.ts'
import type { Metrics } from '../telemetry/metrics/metrics.ts'

/** Measures the database, and logs one line when it begins to fail and one when it works again. */
export function observeDatabase({ health }: Pick<Stores, 'health'>, metrics: Metrics, log: Logger): void {
  health.observe({
    took: metrics.databaseTook,
    failed: metrics.databaseFailed,
    outageBegan: (err) => log.error({ err, problem: err.problem }, 'the database fails, until it is back'),
    outageEnded: (outage) => log.warn(outage, 'the database works again'),
  })
}
