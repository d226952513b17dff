import { expect, test } from 'vitest'
import { runNode } from '../../../test/support/run-node.ts'
import { outcomesOf } from '../../engine/node-type.ts'
import { innerTreeEvaluator } from './inner-tree-evaluator.ts'

test.each([
  [false, ['true', 'false']],
  [true, ['true', 'false', 'error']],
])(
  'with an error outcome (%s) the node enters the journey and offers %j',
  async (displayErrorOutcome, ids) => {
    const config = { tree: 'Verify', displayErrorOutcome }
    const { action } = await runNode(innerTreeEvaluator, { config })
    expect(action).toEqual({ kind: 'enter', journey: 'Verify', hasErrorOutcome: displayErrorOutcome })
    const around = { typeNamed: () => undefined, child: () => undefined }
    expect(outcomesOf(innerTreeEvaluator, config, around).map(({ id }) => id)).toEqual(ids)
  },
)

test('there is no error outcome unless somebody asks for it', () => {
  expect(innerTreeEvaluator.config.parse({ tree: 'Verify' }).displayErrorOutcome).toBe(false)
})

test('the journey must be named', () => {
  expect(innerTreeEvaluator.config.safeParse({}).success).toBe(false)
})
