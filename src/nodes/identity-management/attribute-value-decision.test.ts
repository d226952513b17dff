import { expect, test } from 'vitest'
import { alex, onePerson } from '../../../test/support/one-person.ts'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { attributeValueDecision } from './attribute-value-decision.ts'

const person = {
  ...alex,
  accountStatus: 'active',
  preferences: { news: true, spam: false },
  loginCount: 3,
  aliasList: ['one', 'two'],
}
const realm = onePerson(person, { hasAttribute: async (_id, name) => name === 'accountStatus' })
const shared = { username: 'alex' }

test.each([
  ['a text, ignoring case', 'accountStatus', 'Active', 'true'],
  ['another text', 'accountStatus', 'inactive', 'false'],
  ['true', 'preferences/news', 'TRUE', 'true'],
  ['false, for any value but true', 'preferences/spam', 'no', 'true'],
  ['a number', 'loginCount', '3', 'true'],
  ['another number', 'loginCount', '30', 'false'],
  ['a blank compared with a number', 'loginCount', ' ', 'false'],
  ['an entry of a list', 'aliasList', 'two', 'true'],
  ['a missing attribute', 'city', 'Oslo', 'false'],
  ['an object', 'preferences', 'news', 'false'],
])('compares %s', async (_case, comparisonAttribute, comparisonValue, outcome) => {
  const config = { comparisonAttribute, comparisonValue }
  expect(outcomeOf((await runNode(attributeValueDecision, { config, shared, ...realm })).action)).toBe(
    outcome,
  )
})

test('takes the outcome false without a value to compare', async () => {
  const config = { comparisonAttribute: 'city' }
  expect(outcomeOf((await runNode(attributeValueDecision, { config, shared, ...realm })).action)).toBe(
    'false',
  )
})

test.each([
  ['accountStatus', 'true'],
  ['city', 'false'],
])('decides on the presence of %s: %s', async (comparisonAttribute, outcome) => {
  const config = { comparisonAttribute, comparisonOperation: 'PRESENT' }
  expect(outcomeOf((await runNode(attributeValueDecision, { config, shared, ...realm })).action)).toBe(
    outcome,
  )
})

test.each([
  [{}, 'userName not present in state'],
  [{ username: 'kim' }, 'Failed to read object'],
])('fails with %j in state', async (state, message) => {
  const given = { config: { comparisonAttribute: 'city' }, shared: state, ...realm }
  expect((await runNode(attributeValueDecision, given)).action).toEqual({ kind: 'error', message })
})

test('requires an attribute', () => {
  expect(attributeValueDecision.config.safeParse({}).success).toBe(false)
})
