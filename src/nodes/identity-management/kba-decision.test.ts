import { expect, test } from 'vitest'
import { alex, onePerson } from '../../../test/support/one-person.ts'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { selfService } from '../../../test/support/self-service.ts'
import { kbaDecision } from './kba-decision.ts'

test.each([
  ['as many questions as the realm requires', [{ questionId: '1' }, { customQuestion: 'My cat?' }], 'true'],
  ['too few questions', [{ questionId: '1' }], 'false'],
  ['none', null, 'false'],
])('decides for a person with %s', async (_case, kbaInfo, outcome) => {
  const ports = { ...onePerson({ ...alex, kbaInfo }).ports, ...selfService() }
  expect(outcomeOf((await runNode(kbaDecision, { shared: { username: 'alex' }, ports })).action)).toBe(
    outcome,
  )
})

test.each([[{}], [{ username: 'kim' }]])('fails with %j in state', async (shared) => {
  const ports = { ...onePerson().ports, ...selfService() }
  expect((await runNode(kbaDecision, { shared, ports })).action).toEqual({
    kind: 'error',
    message: 'Unable to read object',
  })
})
