import { expect, test } from 'vitest'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { authLevelDecision } from './auth-level-decision.ts'

test.each([
  [{ authLevel: 10 }, 'true'],
  [{ authLevel: 11 }, 'true'],
  [{ authLevel: 9 }, 'false'],
  [{ authLevel: '10' }, 'false'],
  [{}, 'false'],
])('where ten is required, %j leaves by %s', async (shared, outcome) => {
  const { action } = await runNode(authLevelDecision, { config: { authLevelRequirement: 10 }, shared })
  expect(outcomeOf(action)).toBe(outcome)
})

test('a journey that has reached no level does not have level nought', async () => {
  const { action } = await runNode(authLevelDecision)
  expect(outcomeOf(action)).toBe('false')
})
