import { z } from 'zod'
import { goTo } from '../../engine/action.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'
import { startTimeProperty } from './timer-start.ts'

/** Tells how long it was since a timer began, which goes on. Source: "Timer Stop node". */
export const timerStop = defineNode({
  type: 'TimerStopNode',
  version: '1.0',
  title: 'Timer Stop',
  help: 'Tells metrics how long it was since a Timer Start node ran. The timer goes on, for other nodes to stop.',
  tags: ['metrics', 'utilities'],
  config: z.object({
    startTimeProperty,
    metricKey: setting(
      'Metric Key',
      'Name of the metric. Prometheus reads `calculated.time` as `am_calculated_time_seconds`.',
      z.string().min(1),
    ),
  }),
  outcomes: singleOutcome,
  reads: (config) => [config.startTimeProperty],
  errors: {
    error: {
      'TimerStopNode could not find start time in ‹startTimeProperty›':
        'No Timer Start node before noted a time under that key.',
    },
  },
  needs: ['metrics'],
  reference: { outputs: 'a timer of the metrics' },
  run({ config, state, metrics, log }) {
    const startedAt = state.get(config.startTimeProperty)
    if (typeof startedAt === 'number') {
      // A clock that was set back makes no time of less than nothing.
      metrics.time(config.metricKey, Math.max(0, metrics.now() - startedAt) / 1000)
    } else {
      log.error(`TimerStopNode could not find start time in ${config.startTimeProperty}`)
    }
    return goTo('outcome')
  },
})
