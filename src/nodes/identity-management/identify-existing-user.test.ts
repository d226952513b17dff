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

test('a person found becomes the one the journey is about', async () => {
  const { action, state } = await runNode(identifyExistingUser, { ...byMail, ports: realmWith(alex) })
  expect(action).toEqual({ kind: 'goTo', outcome: 'true', identified: { kind: 'user', name: 'u-1' } })
  expect(state.shared).toEqual({
    _id: 'u-1',
    username: 'alex',
    objectAttributes: { mail: alex.mail, userName: 'alex' },
  })
  expect(state.transient).toEqual({})
})

test('aliases of the person go to transient state', async () => {
  const linked = { ...alex, aliasList: ['google-123'] }
  const { state } = await runNode(identifyExistingUser, { ...byMail, ports: realmWith(linked) })
  expect(state.transient).toEqual({ objectAttributes: { aliasList: ['google-123'] } })
})

test('a person without the identifier keeps the user name that was in state', async () => {
  const { action, state } = await runNode(identifyExistingUser, {
    config: { identifier: 'employeeNumber' },
    shared: { mail: alex.mail, username: 'typed' },
    ports: realmWith(alex),
  })
  expect(outcomeOf(action)).toBe('true')
  expect(state.shared).toEqual({ _id: 'u-1', mail: alex.mail, username: 'typed' })
})

test.each([
  ['nobody', realmWith()],
  ['more than one', realmWith(alex, { ...alex, _id: 'u-2' })],
])('%s leaves by false and changes nothing', async (_, ports) => {
  const { action, state } = await runNode(identifyExistingUser, { ...byMail, ports })
  expect(action).toEqual({ kind: 'goTo', outcome: 'false' })
  expect(state).toEqual({ ...byMail, secure: {}, transient: {} })
})

test('nothing to look for leaves by false', async () => {
  const { action } = await runNode(identifyExistingUser, { ports: realmWith(alex) })
  expect(outcomeOf(action)).toBe('false')
})
