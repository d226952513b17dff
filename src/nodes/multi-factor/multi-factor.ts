import type { NodeState } from '../../engine/node-state.ts'
import { type IdentityPort, type Person, tooManyTries } from '../ports/ports.ts'

/** Shared state: which second factor the journey is about, `oath`, `push` or `webauthn`. */
export const mfaMethod = 'mfaMethod'

/** Shared state and session property: the kinds of authentication that succeeded, each followed by a bar. */
const nodeType = 'NodeType'

/** State that {@link authenticatedBy} reads and writes. */
export const authenticationKinds = nodeType

/** Transient state for the node that shows recovery codes. */
export const recoveryCodesToShow = { codes: 'recoveryCodes', deviceName: 'recoveryCodeDeviceName' } as const

/** What nodes log that refuse a try without a check. */
export const triesErrors = {
  [tooManyTries]: 'Too many wrong tries of this kind came from this address, or in a row.',
} as const

/** What {@link personWithFactor} says of who is not there. */
export const factorErrors = {
  'Expected username to be set.': 'State has no user name.',
  'Failed to get the identity object': 'Nobody has the user name.',
} as const

/** The person whose second factor it is, or in AM's words why there is none. */
export async function personWithFactor(state: NodeState, identities: IdentityPort): Promise<Person | string> {
  const username = state.getText('username')
  if (username === undefined || username.trim() === '') return 'Expected username to be set.'
  return (await identities.find(username)) ?? 'Failed to get the identity object'
}

/** Remembers how somebody authenticated, for the journey and for the session that comes of it. */
export function authenticatedBy(state: NodeState, kind: string) {
  const kinds = `${state.getText(nodeType) ?? ''}${kind}|`
  state.putShared(nodeType, kinds)
  return { sessionProperties: { [nodeType]: kinds } }
}
