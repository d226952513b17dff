import { expect, test } from 'vitest'
import { alex, onePerson } from '../../../test/support/one-person.ts'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { attributePresentDecision } from './attribute-present-decision.ts'

const realm = (...present: string[]) =>
  onePerson(alex, { hasAttribute: async (id, name) => id === 'u-1' && present.includes(name) })

test.each([
  ['a password, which is the default', {}, 'alex', 'true'],
  ['another attribute', { presentAttribute: 'kbaInfo' }, 'alex', 'false'],
  ['an unknown person', {}, 'kim', 'false'],
])('decides on %s', async (_case, config, username, outcome) => {
  const { action } = await runNode(attributePresentDecision, {
    config,
    shared: { username },
    ...realm('password'),
  })
  expect(outcomeOf(action)).toBe(outcome)
})

test('fails without a person in state', async () => {
  const { action } = await runNode(attributePresentDecision, realm())
  expect(action).toEqual({ kind: 'error', message: 'userName not present in state' })
})
