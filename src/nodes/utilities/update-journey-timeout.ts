import { z } from 'zod'
import { fail, goTo } from '../../engine/action.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'

/** Transient state: what an earlier node of the same request made of the timeout. */
const minutesKey = 'maxAuthenticationSessionDuration'

/** Gives a journey more time, or less. Source: "Update Journey Timeout node". */
export const updateJourneyTimeout = defineNode({
  type: 'UpdateJourneyTimeoutNode',
  version: '1.0',
  title: 'Update Journey Timeout',
  help: 'Changes how long the journey may take, counted from its start.',
  tags: ['utilities'],
  config: z.object({
    operation: setting(
      'Operation',
      '`SET` makes the value the timeout, `MODIFY` adds it to the timeout.',
      z.enum(['SET', 'MODIFY']),
    ),
    value: setting('Value', 'Minutes; less than zero to shorten a timeout.', z.int()),
  }),
  outcomes: singleOutcome,
  reads: () => [minutesKey],
  writes: () => [minutesKey],
  errors: {
    fail: {
      'The timeout value must be positive when SET operation is selected': '**Value** is less than zero.',
      'The resulting timeout value must be positive': 'More was taken away than there is.',
    },
  },
  needs: [],
  reference: {
    outputs: 'how long the journey may take',
    keys: {
      [minutesKey]: 'How long the journey may take, in minutes, as nodes before in this request left it.',
    },
  },
  run({ config: { operation, value }, state, journeyMinutes }) {
    if (operation === 'SET' && value < 0) {
      return fail('The timeout value must be positive when SET operation is selected')
    }
    const earlier = state.get(minutesKey)
    const held = typeof earlier === 'number' ? earlier : journeyMinutes
    const minutes = operation === 'SET' ? value : held + value
    if (minutes < 0) return fail('The resulting timeout value must be positive')
    state.putTransient(minutesKey, minutes)
    return goTo('outcome', { journeyMinutes: minutes })
  },
})
