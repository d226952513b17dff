import { expect, test } from 'vitest'
import { onePerson } from '../../../test/support/one-person.ts'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { requiredAttributesDecision } from './required-attributes-decision.ts'

const config = { identityResource: 'managed/alpha_user' }
const realm = onePerson(undefined, { requiredAttributes: ['userName', 'mail'] })

test.each([
  ['all of them', { objectAttributes: { userName: 'kim', mail: 'kim@example.com' } }, 'true'],
  ['one at the top of state', { mail: 'kim@example.com', objectAttributes: { userName: 'kim' } }, 'true'],
  ['one without a value', { objectAttributes: { userName: 'kim', mail: null } }, 'false'],
  ['nothing', {}, 'false'],
])('decides with %s collected', async (_case, shared, outcome) => {
  const { action } = await runNode(requiredAttributesDecision, { config, shared, ...realm })
  expect(outcomeOf(action)).toBe(outcome)
})

test('fails for people of another resource, in its own words', async () => {
  expect((await runNode(requiredAttributesDecision, realm)).action).toEqual({
    kind: 'error',
    message:
      'Configured object type for the node (managed/user) does not match the configured object type for the tree (managed/alpha_user)',
  })
})
