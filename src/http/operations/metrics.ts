import { withTotals } from '../../telemetry/metrics/exposition.ts'
import type { Metrics } from '../../telemetry/metrics/metrics.ts'
import type { Reply, Route } from '../route.ts'

type MetricsDependencies = { metrics: Pick<Metrics, 'read'> }

/** Metrics for Prometheus. Source: "Monitor with Prometheus". */
export function metricsRoutes(from: MetricsDependencies): Route[] {
  const at = { method: 'GET', access: 'metrics', contentTypes: ['text/plain'] } as const
  return [
    {
      ...at,
      path: 'metrics/prometheus',
      summary:
        'Reads metrics in the text format of Prometheus; sums of `am_` metrics end in `_total`, as in older AM.',
      handle: async () => asText(withTotals(await from.metrics.read())),
    },
    {
      ...at,
      path: '/am/metrics/prometheus/0.0.4',
      summary: 'Reads the same metrics with sums that end in `_sum`, as in newer AM.',
      handle: async () => asText(await from.metrics.read()),
    },
  ]
}

function asText(text: string): Reply {
  return { stream: (reply) => void reply.type('text/plain; version=0.0.4; charset=utf-8').send(text) }
}
