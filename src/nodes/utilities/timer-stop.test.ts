import { expect, test } from 'vitest'
import { metricsFake } from '../../../test/support/metrics-fakes.ts'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { timerStop as node } from './timer-stop.ts'

const now = 1_700_000_000_000
const metricKey = 'sign.time'

async function stopped(shared: object, more = {}) {
  const { metrics, measured } = metricsFake(now)
  const given = { config: { metricKey, ...more }, shared: { ...shared }, ports: { metrics } }
  const ran = await runNode(node, given)
  expect(outcomeOf(ran.action)).toBe('outcome')
  return { ...ran, measured }
}

test.each([
  [{ TimerNodeStartTime: now - 2500 }, {}, 2.5],
  [{ begun: now - 40 }, { startTimeProperty: 'begun' }, 0.04],
  [{ TimerNodeStartTime: now + 9000 }, {}, 0],
])('reports for %o with %o a duration of %d seconds', async (shared, config, seconds) => {
  const { measured, log } = await stopped(shared, config)
  expect(measured).toEqual([['time', 'sign.time', seconds]])
  expect(log).toEqual([])
})

test('lets the timer run on', async () => {
  const shared = { TimerNodeStartTime: now - 1 }
  expect((await stopped(shared)).state.shared).toEqual(shared)
})

test.each([{}, { TimerNodeStartTime: 'yesterday' }])(
  'reports nothing without a start time: %o',
  async (shared) => {
    const { measured, log } = await stopped(shared)
    expect(measured).toEqual([])
    const message = 'TimerStopNode could not find start time in TimerNodeStartTime'
    expect(log).toEqual([{ level: 'error', message }])
  },
)

test('requires a key', () => {
  expect(node.config.safeParse({}).success).toBe(false)
  expect(node.config.safeParse({ metricKey: '' }).success).toBe(false)
})
