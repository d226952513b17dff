import type { NodeState } from '../../engine/node-state.ts'
import { textSetting } from '../define-node.ts'
import type { IdentityPort, Person } from '../ports/ports.ts'
import { attributeInState, container } from './object-attributes.ts'

/** The setting of all nodes that look up the person of the journey. */
export function identityAttribute(preset: 'userName' | 'mail') {
  return textSetting(
    'Identity Attribute',
    'Attribute by which to find the person. The value comes from state; if it has none, the username is used.',
    preset,
    'attribute',
  )
}

/** State keys that {@link findPerson} reads. */
export function personReads(attribute: string): string[] {
  return [attribute, container, 'username']
}

/** Errors of nodes that need the person. Some nodes word the second one themselves. */
export const personErrors = {
  '‹identityAttribute› not present in state': 'State has neither that attribute nor a username.',
  'Failed to retrieve existing object': 'No person, or more than one, has the value in the attribute.',
} as const

/** The value to look up: that of the attribute in state, else `username`. Blank values are ignored. */
export function identifierInState(state: NodeState, attribute: string): string | undefined {
  const value = attributeInState(state, attribute)
  return (typeof value === 'string' && value) || state.getText('username') || undefined
}

/** The person of the journey, or the error in AM's words. */
export async function personOrReason(
  { state, identities }: { state: NodeState; identities: IdentityPort },
  attribute: string,
  unknown = 'Failed to retrieve existing object',
): Promise<Person | string> {
  if (identifierInState(state, attribute) === undefined) return `${attribute} not present in state`
  return (await findPerson({ state, identities }, attribute)) ?? unknown
}

/**
 * Finds the person of the journey. The username is also looked up as a value of the attribute, so that people may type
 * their email address.
 * @returns undefined if no person or several match
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
