import { z } from 'zod'
import { fail, goTo } from '../../engine/action.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'

/** Transient state key of the timeout set by an earlier node of the same request. */
const minutesKey = 'maxAuthenticationSessionDuration'

/** Changes the timeout of the journey. Source: "Update Journey Timeout node". */
export const updateJourneyTimeout = defineNode({
  type: 'UpdateJourneyTimeoutNode',
  title: 'Update Journey Timeout',
  help: 'Changes the maximum duration of the journey, counted from its start.',
  tags: ['utilities'],
  config: () =>
    z.object({
      operation: setting(
        'Operation',
        '`SET` replaces the timeout with the value. `MODIFY` adds the value to the timeout.',
        z.enum(['SET', 'MODIFY']),
      ),
      value: setting('Value', 'Minutes. A negative value shortens the timeout.', z.int()),
    }),
  outcomes: singleOutcome,
  reads: () => [minutesKey],
  writes: () => [minutesKey],
  errors: {
    fail: {
      'The timeout value must be positive when SET operation is selected': '**Value** is negative.',
      'The resulting timeout value must be positive': 'The timeout would become negative.',
    },
  },
  reference: {
    outputs: 'the maximum duration of the journey',
    keys: {
      [minutesKey]: 'Maximum duration of the journey in minutes, as set by earlier nodes of this request.',
    },
  },
  run({ config: { operation, value }, state, journeyMinutes }) {
    if (operation === 'SET' && value < 0) {
      return fail('The timeout value must be positive when SET operation is selected')
    }
    const earlier = state.get(minutesKey)
    const current = typeof earlier === 'number' ? earlier : journeyMinutes
    const minutes = operation === 'SET' ? value : current + value
    if (minutes < 0) return fail('The resulting timeout value must be positive')
    state.putTransient(minutesKey, minutes)
    return goTo('outcome', { journeyMinutes: minutes })
  },
})
