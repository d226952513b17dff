import { expect, test } from 'vitest'
import { metricsFake } from '../../../test/support/metrics-fakes.ts'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { meter as node } from './meter.ts'

test('counts each run once', async () => {
  const { metrics, measured } = metricsFake()
  for (let pass = 0; pass < 2; pass++) {
    const { action, state } = await runNode(node, { config: { metricKey: 'sign.ups' }, ports: { metrics } })
    expect(outcomeOf(action)).toBe('outcome')
    expect(state.shared).toEqual({})
  }
  expect(measured).toEqual([
    ['count', 'sign.ups'],
    ['count', 'sign.ups'],
  ])
})

test('requires a key', () => {
  expect(node.config.safeParse({}).success).toBe(false)
  expect(node.config.safeParse({ metricKey: '' }).success).toBe(false)
})
