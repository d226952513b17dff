import { expect, test } from 'vitest'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { allOutcomesOf, outcomesOf } from '../../engine/node-type.ts'
import { flowControl } from './flow-control.ts'

test.each([
  [50, 0.499, 'A'],
  [50, 0.5, 'B'],
  [0, 0, 'B'],
  [100, 0.999, 'A'],
])('with %i percent, the draw %d takes the outcome %s', async (percentageA, random, outcome) => {
  const { action } = await runNode(flowControl, { config: { percentageA }, context: { random } })
  expect(outcomeOf(action)).toBe(outcome)
})

test('labels the outcomes as configured', () => {
  const around = { typeNamed: () => undefined, child: () => undefined }
  const config = flowControl.config.parse({ outcomeADisplayName: 'Old', outcomeBDisplayName: 'New' })
  expect(outcomesOf(flowControl, config, around)).toEqual([
    { id: 'A', displayName: 'Old' },
    { id: 'B', displayName: 'New' },
  ])
  expect(allOutcomesOf(flowControl)?.map(({ id }) => id)).toEqual(['A', 'B'])
})

test.each([[{ percentageA: 101 }], [{ percentageA: -1 }]])('rejects settings %j', (config) => {
  expect(flowControl.config.safeParse(config).success).toBe(false)
})
