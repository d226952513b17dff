import { withTotals } from '../../telemetry/metrics/exposition.ts'
import type { Metrics } from '../../telemetry/metrics/metrics.ts'
import type { Reply, Route } from '../route.ts'

type MetricsDependencies = { metrics: Pick<Metrics, 'read'> }

/** Metrics for Prometheus. Source: "Monitor with Prometheus". */
export function metricsRoutes(from: MetricsDependencies): Route[] {
  const access = 'metrics'
  return [
    {
      method: 'GET',
      path: 'metrics/prometheus',
      access,
      summary:
        'Reads metrics in the text format of Prometheus; sums of `am_` metrics end in `_total`, as in older AM.',
      handle: async () => asText(withTotals(await from.metrics.read())),
    },
    {
      method: 'GET',
      path: '/am/metrics/prometheus/0.0.4',
      access,
      summary: 'Reads the same metrics with sums that end in `_sum`, as in newer AM.',
      handle: async () => asText(await from.metrics.read()),
    },
  ]
}

function asText(text: string): Reply {
  return { stream: (reply) => void reply.type('text/plain; version=0.0.4; charset=utf-8').send(text) }
}
