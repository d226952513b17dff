import { expect, test } from 'vitest'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import type { Method } from '../../engine/methods.ts'
import { verificationLevelDecision } from './verification-level-decision.ts'

test.each<[readonly Method[], 1 | 2 | 3, string]>([
  [[], 1, 'false'],
  [['pwd'], 1, 'true'],
  [['pwd'], 2, 'false'],
  [['pwd', 'otp'], 2, 'true'],
  [['pwd', 'otp'], 3, 'false'],
  [['pop'], 3, 'true'],
])('%j at level %d takes the outcome %s', async (methods, level, outcome) => {
  const { action } = await runNode(verificationLevelDecision, {
    config: { level },
    context: { methods: async () => methods },
  })
  expect(outcomeOf(action)).toBe(outcome)
})

test('requires two factors by default', async () => {
  const { action } = await runNode(verificationLevelDecision, { context: { methods: async () => ['pwd'] } })
  expect(outcomeOf(action)).toBe('false')
})
