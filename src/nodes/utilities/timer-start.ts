import { z } from 'zod'
import { goTo } from '../../engine/action.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'

/** The setting of both timer nodes. It names a state key, so it can't be empty. */
export const startTimeProperty = setting(
  'Start Time Property',
  'State key of the time at which the timer started.',
  z.string().min(1).default('TimerNodeStartTime'),
  'stateKey',
)

/** Starts a timer. Source: "Timer Start node". */
export const timerStart = defineNode({
  type: 'TimerStartNode',
  title: 'Timer Start',
  help: 'Stores the current time in shared state. A Timer Stop node reports the elapsed time to the metrics.',
  tags: ['metrics', 'utilities'],
  config: () => z.object({ startTimeProperty }),
  outcomes: singleOutcome,
  writes: (config) => [config.startTimeProperty],
  needs: ['metrics'],
  run({ config, state, metrics }) {
    state.putShared(config.startTimeProperty, metrics.now())
    return goTo('outcome')
  },
})
