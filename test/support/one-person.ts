import type { JsonObject } from '../../src/base/json.ts'
import type { IdentityPort, Person } from '../../src/nodes/ports/ports.ts'

export const alex: Person = { _id: 'u-1', userName: 'alex', mail: 'alex@example.com' }

/**
 * A realm with at most one person, for nodes that look people up.
 * @param more further methods of the port.
 */
export function onePerson(person: Person | undefined = alex, more: Partial<IdentityPort> = {}) {
  const patches: [string, JsonObject][] = []
  const identities: Partial<IdentityPort> = {
    find: async (name) => (person && [person._id, person.userName].includes(name) ? person : undefined),
    findByAttribute: async (attribute, value) => (person?.[attribute] === value ? [person] : []),
    patch: async (id, changes) => void patches.push([id, changes]),
    ...more,
  }
  return { patches, ports: { identities: identities as IdentityPort } }
}

/** An error as policies throw it. */
export function refusal(message: string): Error {
  return Object.assign(new Error(message), { name: 'RequestError' })
}
