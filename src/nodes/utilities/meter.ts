import { z } from 'zod'
import { goTo } from '../../engine/action.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'

/** Counts how often journeys come by. Source: "Meter node". */
export const meter = defineNode({
  type: 'MeterNode',
  version: '1.0',
  title: 'Meter',
  help: 'Counts in the metrics of the server how often journeys come by.',
  tags: ['metrics', 'utilities'],
  config: z.object({
    metricKey: setting(
      'Metric Key',
      'Name of the metric. Prometheus reads `sign.ups` as `am_sign_ups_count`.',
      z.string().min(1),
    ),
  }),
  outcomes: singleOutcome,
  needs: ['metrics'],
  reference: { outputs: 'a counter of the metrics' },
  run({ config, metrics }) {
    metrics.count(config.metricKey)
    return goTo('outcome')
  },
})
