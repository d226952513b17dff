import { z } from 'zod'
import { goTo } from '../../engine/action.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'

/** Where a timer begins; its node and those that stop it have the same. Not empty: it names a state key. */
export const startTimeProperty = setting(
  'Start Time Property',
  'State key of the time at which the timer began.',
  z.string().min(1).default('TimerNodeStartTime'),
  'stateKey',
)

/** Begins to measure a time. Source: "Timer Start node". */
export const timerStart = defineNode({
  type: 'TimerStartNode',
  version: '1.0',
  title: 'Timer Start',
  help: 'Notes the time in shared state. A Timer Stop node tells metrics how long it was since then.',
  tags: ['metrics', 'utilities'],
  config: z.object({ startTimeProperty }),
  outcomes: singleOutcome,
  writes: (config) => [config.startTimeProperty],
  needs: ['metrics'],
  run({ config, state, metrics }) {
    state.putShared(config.startTimeProperty, metrics.now())
    return goTo('outcome')
  },
})
