import { expect, test } from 'vitest'
import { NodeState } from '../../engine/node-state.ts'
import type { IdentityPort, Person } from '../ports/ports.ts'
import { findPerson } from './person-of-journey.ts'

const alex = { _id: 'u-1', userName: 'alex', mail: 'alex@example.com' }

/** A directory that records its queries. */
function directory(...people: Person[]) {
  const asked: string[] = []
  const identities: Pick<IdentityPort, 'find' | 'findByAttribute'> = {
    find: async (name) => people.find(({ _id, userName }) => name === _id || name === userName),
    findByAttribute: async (attribute, value) => {
      asked.push(`${attribute}=${value}`)
      return people.filter((person) => person[attribute] === value)
    },
  }
  return { identities: identities as IdentityPort, asked }
}

const stateWith = (shared: Person | Record<string, string>) =>
  new NodeState({ shared, secure: {}, transient: {} })

test('finds a person by the attribute in state', async () => {
  const { identities } = directory(alex)
  expect(await findPerson({ identities, state: stateWith({ mail: alex.mail }) }, 'mail')).toBe(alex)
})

test('looks up the username as a value of the attribute', async () => {
  const { identities, asked } = directory(alex)
  expect(await findPerson({ identities, state: stateWith({ username: alex.mail }) }, 'mail')).toBe(alex)
  expect(asked).toEqual(['mail=alex@example.com'])
})

test('ignores an empty value', async () => {
  const { identities } = directory(alex)
  expect(await findPerson({ identities, state: stateWith({ mail: '', username: alex.mail }) }, 'mail')).toBe(
    alex,
  )
})

test.each(['userName', '_id'])('looks up %s as a name or id', async (attribute) => {
  const { identities, asked } = directory(alex)
  expect(await findPerson({ identities, state: stateWith(alex) }, attribute)).toBe(alex)
  expect(asked).toEqual([])
})

test('finds no person if two match', async () => {
  const { identities } = directory(alex, { ...alex, _id: 'u-2' })
  expect(await findPerson({ identities, state: stateWith({ mail: alex.mail }) }, 'mail')).toBeUndefined()
})

test('searches nothing without a value in state', async () => {
  const { identities, asked } = directory(alex)
  expect(await findPerson({ identities, state: stateWith({}) }, 'mail')).toBeUndefined()
  expect(asked).toEqual([])
})
