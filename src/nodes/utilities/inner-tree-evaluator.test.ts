import { expect, test } from 'vitest'
import { runNode } from '../../../test/support/run-node.ts'
import { outcomesOf } from '../../engine/node-type.ts'
import { innerTreeEvaluator } from './inner-tree-evaluator.ts'

test.each([
  [false, ['true', 'false']],
  [true, ['true', 'false', 'error']],
])('enters the journey with an error outcome (%s) and offers %j', async (displayErrorOutcome, ids) => {
  const config = { tree: 'Verify', displayErrorOutcome }
  const { action } = await runNode(innerTreeEvaluator, { config })
  expect(action).toEqual({ kind: 'enter', journey: 'Verify', hasErrorOutcome: displayErrorOutcome })
  const around = { typeNamed: () => undefined, child: () => undefined }
  expect(outcomesOf(innerTreeEvaluator, config, around).map(({ id }) => id)).toEqual(ids)
})

test('has no error outcome by default', () => {
  expect(innerTreeEvaluator.config.parse({ tree: 'Verify' }).displayErrorOutcome).toBe(false)
})

test('requires a journey', () => {
  expect(innerTreeEvaluator.config.safeParse({}).success).toBe(false)
})
