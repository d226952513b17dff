import { expect, test } from 'vitest'
import { alex, onePerson } from '../../../test/support/one-person.ts'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import type { PersonAttribute } from '../ports/ports.ts'
import { profileCompletenessDecision } from './profile-completeness-decision.ts'

const offered = { viewable: true, userEditable: true }
const schema: Record<string, { viewable: boolean; userEditable: boolean }> = {
  mail: offered,
  userName: offered,
  city: offered,
  aliasList: offered,
  password: { viewable: false, userEditable: true },
  accountStatus: { viewable: true, userEditable: false },
}
const realmOf = (names: string[]) =>
  onePerson(
    { ...alex, city: '', aliasList: [], accountStatus: 'active' },
    {
      attributeNames: names,
      attribute: (name) => schema[name] as PersonAttribute | undefined,
    },
  )
const shared = { username: 'alex' }

test.each([
  [49, 'true'],
  [50, 'false'],
])('half of the editable attributes exceed %i percent: %s', async (threshold, outcome) => {
  const given = { config: { threshold }, shared, ...realmOf(Object.keys(schema)) }
  expect(outcomeOf((await runNode(profileCompletenessDecision, given)).action)).toBe(outcome)
})

test('takes the outcome false without editable attributes', async () => {
  const given = { config: { threshold: 0 }, shared, ...realmOf(['password']) }
  expect(outcomeOf((await runNode(profileCompletenessDecision, given)).action)).toBe('false')
})

test.each([
  [{}, 'userName not present in state'],
  [{ username: 'kim' }, 'Failed to retrieve existing object'],
])('fails with %j in state', async (state, message) => {
  const given = { config: { threshold: 1 }, shared: state, ...realmOf([]) }
  expect((await runNode(profileCompletenessDecision, given)).action).toEqual({ kind: 'error', message })
})

test.each([[{}], [{ threshold: 101 }], [{ threshold: -1 }]])('rejects settings %j', (config) => {
  expect(profileCompletenessDecision.config.safeParse(config).success).toBe(false)
})
