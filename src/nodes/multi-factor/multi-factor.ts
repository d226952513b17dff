import type { NodeState } from '../../engine/node-state.ts'
import { type IdentityPort, type Person, tooManyAttempts } from '../ports/ports.ts'

/** Shared state key of the kind of second factor: `oath`, `push` or `webauthn`. */
export const mfaMethod = 'mfaMethod'

/** Shared state key and session property: the kinds of authentication that succeeded, each followed by a bar. */
const nodeType = 'NodeType'

/** State key that {@link authenticatedBy} reads and writes. */
export const authenticationKinds = nodeType

/** Transient state keys for the node that shows recovery codes. */
export const recoveryCodesToShow = { codes: 'recoveryCodes', deviceName: 'recoveryCodeDeviceName' } as const

/** Warnings of nodes that reject an attempt without checking it. */
export const attemptErrors = {
  [tooManyAttempts]: 'Too many wrong attempts in a row, or from this address.',
} as const

/** Errors of {@link personWithFactor}. */
export const factorErrors = {
  'Expected username to be set.': 'State has no username.',
  'Failed to get the identity object': 'No person has the username.',
} as const

/** The person in state, or the error in AM's words. */
export async function personWithFactor(state: NodeState, identities: IdentityPort): Promise<Person | string> {
  const username = state.getText('username')
  if (username === undefined || username.trim() === '') return 'Expected username to be set.'
  return (await identities.find(username)) ?? 'Failed to get the identity object'
}

/** Records the kind of authentication in state and in the session's properties. */
export function authenticatedBy(state: NodeState, kind: string) {
  const kinds = `${state.getText(nodeType) ?? ''}${kind}|`
  state.putShared(nodeType, kinds)
  return { sessionProperties: { [nodeType]: kinds } }
}
