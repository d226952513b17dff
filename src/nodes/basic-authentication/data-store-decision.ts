import { type Action, fail, goTo } from '../../engine/action.ts'
import { decisionOutcomes, type NodeContext } from '../../engine/node-type.ts'
import { defineNode } from '../define-node.ts'
import type { IdentityPort } from '../ports/ports.ts'

export const credentialErrors = {
  error: { 'Password is null for username ‹username› ': 'No earlier node asked for a password.' },
  warn: {
    'invalid username error': 'No person has this username.',
    'invalid password error': 'The password is wrong, or the person may not sign in.',
  },
  fail: { 'Unable to authenticate': 'State has no password.' },
} as const

/**
 * Checks the collected credentials. A wrong password takes the outcome `false`; a missing password is an error. Source:
 * "Data Store Decision node".
 */
export const dataStoreDecision = defineNode({
  type: 'DataStoreDecisionNode',
  title: 'Data Store Decision',
  help: 'Checks the username and password against the identity store.',
  tags: ['basic authn', 'basic authentication'],
  family: 'identity',
  outcomes: decisionOutcomes,
  reads: () => ['username', 'password'],
  errors: credentialErrors,
  requires: () => ['username', 'password'],
  proves: { true: 'pwd' },
  needs: ['identities'],
  reference: {
    outputs: 'the identified person',
    outcomes: {
      true: 'The credentials are right.',
      false: 'The credentials are wrong, or there is no such person.',
    },
  },
  run: (context) => checkCollectedPassword(context),
})

/** @param only the kind of identity to accept; unset accepts every kind */
export async function checkCollectedPassword(
  { state, identities, log }: Pick<NodeContext<unknown>, 'state' | 'log'> & { identities: IdentityPort },
  only?: 'agent',
): Promise<Action<'true' | 'false'>> {
  const username = state.getText('username') ?? ''
  const password = state.get('password')
  if (password === null) {
    log.error(`Password is null for username ${username} `)
    return fail('Unable to authenticate')
  }
  if (typeof password !== 'string' || password.trim() === '') return goTo('false')
  const verdict = await identities.checkPassword(username, password, only)
  if (verdict.kind === 'right') {
    return goTo('true', { identified: { kind: only ?? 'user', name: verdict.person._id } })
  }
  log.warn(verdict.kind === 'unknown' ? 'invalid username error' : 'invalid password error')
  return goTo('false')
}
