import { z } from 'zod'
import { goTo } from '../../engine/action.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'
import { startTimeProperty } from './timer-start.ts'

/** Reports the time since a timer started. The timer continues. Source: "Timer Stop node". */
export const timerStop = defineNode({
  type: 'TimerStopNode',
  title: 'Timer Stop',
  help: 'Reports the time since a Timer Start node ran to the metrics. The timer runs on for other nodes.',
  tags: ['metrics', 'utilities'],
  config: () =>
    z.object({
      startTimeProperty,
      metricKey: setting(
        'Metric Key',
        'Name of the metric. Prometheus shows `calculated.time` as `am_calculated_time_seconds`.',
        z.string().min(1),
      ),
    }),
  outcomes: singleOutcome,
  reads: (config) => [config.startTimeProperty],
  errors: {
    error: {
      'TimerStopNode could not find start time in ‹startTimeProperty›':
        'No earlier Timer Start node stored a time under this key.',
    },
  },
  needs: ['metrics'],
  reference: { outputs: 'a timer in the metrics' },
  run({ config, state, metrics, log }) {
    const startedAt = state.get(config.startTimeProperty)
    if (typeof startedAt === 'number') {
      // Never reports a negative duration, even if the clock was set back.
      metrics.time(config.metricKey, Math.max(0, metrics.now() - startedAt) / 1000)
    } else {
      log.error(`TimerStopNode could not find start time in ${config.startTimeProperty}`)
    }
    return goTo('outcome')
  },
})
