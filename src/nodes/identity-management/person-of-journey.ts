import { z } from 'zod'
import type { NodeState } from '../../engine/node-state.ts'
import { setting } from '../define-node.ts'
import type { IdentityPort, Person } from '../ports/ports.ts'
import { attributeInState, container } from './object-attributes.ts'

/** The setting of all nodes that look up the person the journey is about. */
export function identityAttribute(preset: 'userName' | 'mail') {
  return setting(
    'Identity Attribute',
    'Attribute by which the person is looked up. Its value is taken from state; without one, the user name is.',
    z.string().default(preset),
    'attribute',
  )
}

/** The state keys that {@link findPerson} reads. */
export function personReads(attribute: string): string[] {
  return [attribute, container, 'username']
}

/** What nodes fail with that need the person; a node that words the second one itself takes the first alone. */
export const personErrors = {
  '‹identityAttribute› not present in state': 'State has neither that attribute nor a user name.',
  'Failed to retrieve existing object': 'Nobody, or more than one person, has that value in the attribute.',
} as const

/** What the person is looked up by: the attribute's value in state, else `username`. Blank identifies nobody. */
export function identifierInState(state: NodeState, attribute: string): string | undefined {
  const value = attributeInState(state, attribute)
  return (typeof value === 'string' && value) || state.getText('username') || undefined
}

/** The person the journey is about, or in AM's words why there is none. */
export async function personOrReason(
  { state, identities }: { state: NodeState; identities: IdentityPort },
  attribute: string,
  unknown = 'Failed to retrieve existing object',
): Promise<Person | string> {
  if (identifierInState(state, attribute) === undefined) return `${attribute} not present in state`
  return (await findPerson({ state, identities }, attribute)) ?? unknown
}

/**
 * Finds the person the journey is about. The user name, too, is looked up as a value of the attribute: so
 * people may type their mail address where they are asked for a user name.
 * @returns undefined when nobody or more than one matches.
 */
export async function findPerson(
  { state, identities }: { state: NodeState; identities: IdentityPort },
  attribute: string,
): Promise<Person | undefined> {
  const value = identifierInState(state, attribute)
  if (value === undefined) return undefined
  if (attribute === 'userName' || attribute === '_id') return identities.find(value)
  const people = await identities.findByAttribute(attribute, value)
  return people.length === 1 ? people[0] : undefined
}
