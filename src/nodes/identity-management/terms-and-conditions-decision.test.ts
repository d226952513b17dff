import { expect, test } from 'vitest'
import { alex, onePerson } from '../../../test/support/one-person.ts'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { selfService } from '../../../test/support/self-service.ts'
import { termsAndConditionsDecision } from './terms-and-conditions-decision.ts'

const terms = { version: '2', createDate: '2026-02-01', text: {} }
const who = (accepted?: string) =>
  onePerson(accepted === undefined ? alex : { ...alex, termsAccepted: { termsVersion: accepted } }).ports

test.each([
  ['the current version', '2', terms, 'true'],
  ['an older version', '1', terms, 'false'],
  ['none', undefined, terms, 'false'],
  ['no version if the realm has no terms', undefined, null, 'true'],
])('decides for a person who accepted %s', async (_case, accepted, inForce, outcome) => {
  const ports = { ...who(accepted), ...selfService({ terms: inForce }) }
  const { action } = await runNode(termsAndConditionsDecision, { shared: { username: 'alex' }, ports })
  expect(outcomeOf(action)).toBe(outcome)
})

test.each([
  [{}, 'userName not present in state'],
  [{ username: 'kim' }, 'Failed to retrieve existing object'],
])('fails with %j in state', async (shared, message) => {
  const { action } = await runNode(termsAndConditionsDecision, {
    shared,
    ports: { ...who(), ...selfService() },
  })
  expect(action).toEqual({ kind: 'error', message })
})
