import { expect, test } from 'vitest'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import type { IdentityPort, Person } from '../ports/ports.ts'
import { identifyExistingUser } from './identify-existing-user.ts'

const alex = { _id: 'u-1', userName: 'alex', mail: 'alex@example.com' }

function realmWith(...people: Person[]) {
  const identities: Partial<IdentityPort> = { findByAttribute: async () => people }
  return { identities: identities as IdentityPort }
}

const byMail = { shared: { objectAttributes: { mail: alex.mail } } }

test('identifies the person', async () => {
  const { action, state } = await runNode(identifyExistingUser, { ...byMail, ports: realmWith(alex) })
  expect(action).toEqual({ kind: 'goTo', outcome: 'true', identified: { kind: 'user', name: 'u-1' } })
  expect(state.shared).toEqual({
    _id: 'u-1',
    username: 'alex',
    objectAttributes: { mail: alex.mail, userName: 'alex' },
  })
  expect(state.transient).toEqual({})
})

test('stores aliases in transient state', async () => {
  const linked = { ...alex, aliasList: ['google-123'] }
  const { state } = await runNode(identifyExistingUser, { ...byMail, ports: realmWith(linked) })
  expect(state.transient).toEqual({ objectAttributes: { aliasList: ['google-123'] } })
})

test('keeps the username in state if the person has no identifier', async () => {
  const { action, state } = await runNode(identifyExistingUser, {
    config: { identifier: 'employeeNumber' },
    shared: { mail: alex.mail, username: 'typed' },
    ports: realmWith(alex),
  })
  expect(outcomeOf(action)).toBe('true')
  expect(state.shared).toEqual({ _id: 'u-1', mail: alex.mail, username: 'typed' })
})

test.each([
  ['no match', realmWith()],
  ['more than one', realmWith(alex, { ...alex, _id: 'u-2' })],
])('takes the outcome false for %s and changes nothing', async (_, ports) => {
  const { action, state } = await runNode(identifyExistingUser, { ...byMail, ports })
  expect(action).toEqual({ kind: 'goTo', outcome: 'false' })
  expect(state).toEqual({ ...byMail, secure: {}, transient: {} })
})

test('takes the outcome false without a value to look up', async () => {
  const { action } = await runNode(identifyExistingUser, { ports: realmWith(alex) })
  expect(outcomeOf(action)).toBe('false')
})
