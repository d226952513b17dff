import { expect, test } from 'vitest'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { queryParameter } from './query-parameter.ts'

const config = {
  allowedQueryParameters: { campaign: 'from', tags: 'tags', empty: 'none', absent: 'gone' },
  queryParametersToBeDelimited: ['tags', 'empty', 'absent'],
}

test('copies values as lists, split if configured', async () => {
  const parameters = { campaign: ['a,b'], tags: ['x,y,,'], empty: [''], other: ['secret'] }
  const { action, state } = await runNode(queryParameter, { config, request: { parameters } })
  expect(outcomeOf(action)).toBe('outcome')
  expect(state.shared).toEqual({ from: ['a,b'], tags: ['x', 'y'], none: [''], gone: [] })
})

test('never splits several values', async () => {
  const { state } = await runNode(queryParameter, { config, request: { parameters: { tags: ['a,b', 'c'] } } })
  expect(state.shared.tags).toEqual(['a,b', 'c'])
})

test.each([
  [{}, 'No parameters configured - this node is redundant'],
  [
    { allowedQueryParameters: { a: 'b' }, queryParametersToBeDelimited: ['c'] },
    'Invalid parameter to be delimited configured',
  ],
])('rejects settings %j', (settings, message) => {
  expect(queryParameter.config.safeParse(settings).error?.issues[0]?.message).toBe(message)
})
