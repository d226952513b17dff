import { expect, test } from 'vitest'
import { alex, onePerson } from '../../../test/support/one-person.ts'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { queryFilterDecision } from './query-filter-decision.ts'

const config = { queryFilter: '/mail pr' }
const realm = onePerson(alex, {
  matches: (person, filter) => {
    if (filter === 'mail is') throw new Error('The query filter is not valid at its end')
    return filter === '/mail pr' && 'mail' in person
  },
})

test.each([
  ['/mail pr', 'true'],
  ['/city pr', 'false'],
])('%s takes the outcome %s', async (queryFilter, outcome) => {
  const given = { config: { queryFilter }, shared: { username: 'alex' }, ...realm }
  expect(outcomeOf((await runNode(queryFilterDecision, given)).action)).toBe(outcome)
})

test('finds the person by another attribute', async () => {
  const given = {
    config: { ...config, identityAttribute: 'mail' },
    shared: { mail: alex.mail ?? '' },
    ...realm,
  }
  expect(outcomeOf((await runNode(queryFilterDecision, given)).action)).toBe('true')
})

test.each([
  ['no person in state', {}, '/mail pr', 'userName not present in state'],
  ['an unknown person', { username: 'kim' }, '/mail pr', 'Failed to retrieve existing object'],
  ['an invalid filter', { username: 'alex' }, 'mail is', 'The query filter is not valid at its end'],
])('fails for %s', async (_case, shared, queryFilter, message) => {
  const { action } = await runNode(queryFilterDecision, { config: { queryFilter }, shared, ...realm })
  expect(action).toEqual({ kind: 'error', message })
})
