import { z } from 'zod'
import { goTo } from '../../engine/action.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'

/** Counts the journeys that pass this node. Source: "Meter node". */
export const meter = defineNode({
  type: 'MeterNode',
  title: 'Meter',
  help: 'Counts in the server’s metrics how many journeys pass this node.',
  tags: ['metrics', 'utilities'],
  config: () =>
    z.object({
      metricKey: setting(
        'Metric Key',
        'Name of the metric. Prometheus shows `sign.ups` as `am_sign_ups_count`.',
        z.string().min(1),
      ),
    }),
  outcomes: singleOutcome,
  needs: ['metrics'],
  reference: { outputs: 'a counter in the metrics' },
  run({ config, metrics }) {
    metrics.count(config.metricKey)
    return goTo('outcome')
  },
})
