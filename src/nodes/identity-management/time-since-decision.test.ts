import { expect, test } from 'vitest'
import { alex, onePerson } from '../../../test/support/one-person.ts'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import type { Person } from '../ports/ports.ts'
import { timeSinceDecision as node } from './time-since-decision.ts'

const now = 1_700_000_000_000
const week = 7 * 86_400_000

/** @param person undefined for an unknown person */
const given = (createdAt: number | undefined, person: Person | undefined = alex) =>
  onePerson(person, { createdAt: async () => createdAt }).ports

test.each([
  ['true', '1 week', now - week],
  ['false', '1 week', now - week + 1],
  ['true', '10080', now - week],
  ['true', '0 days', now],
  ['false', 'unlimited', 0],
  ['false', '1 week', undefined],
])('takes the outcome %s for %s and a person created at %d', async (outcome, elapsedTime, createdAt) => {
  const ran = await runNode(node, {
    config: { elapsedTime },
    shared: { username: 'alex' },
    ports: given(createdAt),
  })
  expect(outcomeOf(ran.action)).toBe(outcome)
})

test('finds the person by another attribute', async () => {
  const { action } = await runNode(node, {
    config: { elapsedTime: '1 week', identityAttribute: 'mail' },
    shared: { objectAttributes: { mail: 'alex@example.com' } },
    ports: given(now - week),
  })
  expect(outcomeOf(action)).toBe('true')
})

test.each([
  [{}, 'userName not present in state'],
  [{ username: 'nobody' }, 'Failed to retrieve existing object'],
])('fails with %o in state', async (shared, message) => {
  const config = { elapsedTime: '1 week' }
  const { action } = await runNode(node, { config, shared: { ...shared }, ports: given(now) })
  expect(action).toEqual({ kind: 'error', message })
})

test.each([{}, { elapsedTime: 'soon' }, { elapsedTime: '' }])('rejects settings %o', (config) => {
  expect(node.config.safeParse(config).success).toBe(false)
})
