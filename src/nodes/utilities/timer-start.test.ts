import { expect, test } from 'vitest'
import { metricsFake } from '../../../test/support/metrics-fakes.ts'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { timerStart as node } from './timer-start.ts'

const now = 1_700_000_000_000

test.each([
  [{}, 'TimerNodeStartTime'],
  [{ startTimeProperty: 'begun' }, 'begun'],
])('stores the time, with %o under %s', async (config, key) => {
  const { metrics, measured } = metricsFake(now)
  const { action, state } = await runNode(node, { config, ports: { metrics } })
  expect(outcomeOf(action)).toBe('outcome')
  expect(state.shared).toEqual({ [key]: now })
  expect(measured).toEqual([])
})

test('requires a state key', () => {
  expect(node.config.safeParse({ startTimeProperty: '' }).success).toBe(false)
})
