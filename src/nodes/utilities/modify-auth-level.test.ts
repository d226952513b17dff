import { expect, test } from 'vitest'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { modifyAuthLevel } from './modify-auth-level.ts'

test.each([
  ['nothing', {}, 5, 5],
  ['a level', { authLevel: 10 }, 5, 15],
  ['a level to lower', { authLevel: 10 }, -3, 7],
])('%s in state: %j and %i make %i', async (_, shared, authLevelIncrement, authLevel) => {
  const { action, state } = await runNode(modifyAuthLevel, { config: { authLevelIncrement }, shared })
  expect(outcomeOf(action)).toBe('outcome')
  expect(state.shared).toEqual({ authLevel })
})
