import { expect, test } from 'vitest'
import { alex, onePerson } from '../../../test/support/one-person.ts'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { accountActiveDecision } from './account-active-decision.ts'

test.each([
  [false, 'true'],
  [true, 'false'],
])('a locked account (%j) takes the outcome %s', async (isLocked, outcome) => {
  const realm = onePerson(alex, { isLocked: async () => isLocked })
  const { action } = await runNode(accountActiveDecision, { shared: { username: 'alex' }, ...realm })
  expect(outcomeOf(action)).toBe(outcome)
})

test.each([[{}], [{ username: '' }], [{ username: 'kim' }]])('fails with %j in state', async (shared) => {
  expect((await runNode(accountActiveDecision, { shared, ...onePerson() })).action).toEqual({
    kind: 'error',
    message: 'Failed to get the identity object',
  })
})
