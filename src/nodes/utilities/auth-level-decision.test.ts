import { expect, test } from 'vitest'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { authLevelDecision } from './auth-level-decision.ts'

test.each([
  [{ authLevel: 10 }, 'true'],
  [{ authLevel: 11 }, 'true'],
  [{ authLevel: 9 }, 'false'],
  [{ authLevel: '10' }, 'false'],
  [{}, 'false'],
])('with ten required, %j takes the outcome %s', async (shared, outcome) => {
  const { action } = await runNode(authLevelDecision, { config: { authLevelRequirement: 10 }, shared })
  expect(outcomeOf(action)).toBe(outcome)
})

test('does not treat a missing level as zero', async () => {
  const { action } = await runNode(authLevelDecision)
  expect(outcomeOf(action)).toBe('false')
})
