import { z } from 'zod'
import { type Extras, fail, goTo } from '../../engine/action.ts'
import { defineNode, flagSetting, setting } from '../define-node.ts'
import { checkPolicies, noPolicyAnswer, policyErrors } from '../identity-management/policy-checks.ts'
import type { IdentityPort, PasswordVerdict } from '../ports/ports.ts'
import { askForNewPassword, passwordAnswer, passwordChangeCallbacks, problemOf } from './password-change.ts'

const rejected: Extras = { errorMessage: 'Login failure' }
const lockedOut: Extras = { errorMessage: 'User Locked Out.', lockoutMessage: 'User Locked Out.' }

/** Passwords do not expire here, so `EXPIRED` is never taken. Imported journeys still connect it. */
const outcomes = {
  all: { TRUE: 'True', FALSE: 'False', LOCKED: 'Locked', CANCELLED: 'Cancelled', EXPIRED: 'Expired' },
} as const

/**
 * Checks the collected credentials, distinguishes locked accounts, and asks for a new password after a reset. Source:
 * "Identity Store Decision node".
 */
export const identityStoreDecision = defineNode({
  type: 'IdentityStoreDecisionNode',
  title: 'Identity Store Decision',
  help: 'Checks the username and password against the identity store. Asks for a new password if it must be changed.',
  tags: ['basic authn', 'basic authentication'],
  family: 'identity',
  config: () =>
    z.object({
      minimumPasswordLength: setting(
        'Minimum Password Length',
        'Minimum length of a new password.',
        z.int().nonnegative().default(8),
      ),
      useUniversalIdForUsername: flagSetting(
        'Use Universal ID for Username',
        'Replaces the username in state with the person’s object ID.',
      ),
      mixedCaseForPasswordChangeMessages: flagSetting(
        'Use mixed case for password change messages',
        'Shows messages in mixed case instead of capitals.',
      ),
    }),
  outcomes,
  reads: () => ['username', 'password'],
  writes: () => ['username', 'password'],
  callbacks: passwordChangeCallbacks,
  errors: policyErrors,
  requires: () => ['username', 'password'],
  proves: { TRUE: 'pwd' },
  needs: ['identities'],
  reference: {
    outputs: 'the identified person, and their new password if it had to be changed',
    outcomes: {
      TRUE: 'The credentials are right.',
      FALSE: 'The credentials are wrong or missing.',
      LOCKED: 'The person is locked.',
      CANCELLED: 'The password must be changed, and the person cancelled.',
      EXPIRED: 'Never taken: passwords do not expire here.',
    },
  },
  async run(context) {
    const { config, state, identities, answers } = context
    const username = state.getText('username') ?? ''
    const ask = (message: string, level: '0' | '2' = '2') =>
      askForNewPassword(config.mixedCaseForPasswordChangeMessages ? message : message.toUpperCase(), level)

    const typed = passwordAnswer(answers)
    if (typed === 'cancelled') return goTo('CANCELLED')
    const problem = typed && problemOf(typed, username, config.minimumPasswordLength)
    if (problem !== undefined) return ask(problem)

    const password = typed?.old ?? state.getText('password') ?? ''
    const verdict = await verdictOn(username, password, identities)
    if (verdict.kind === 'locked') return goTo('LOCKED', lockedOut)
    if (verdict.kind === 'wrong' && typed) return ask('The password you entered is invalid.')
    if (verdict.kind !== 'right') return goTo('FALSE', rejected)
    const { person } = verdict
    if (verdict.mustChange && !typed) return ask('Password must be reset.', '0')
    if (typed) {
      const failures = await checkPolicies(context, { password: typed.fresh }, person._id)
      if (failures === undefined) return fail(noPolicyAnswer)
      const isAllowed = Object.keys(failures).length === 0
      if (!isAllowed || (await identities.changePassword(person._id, typed)) === 'refused') {
        return ask('New password does not meet the password policy requirements.')
      }
      state.putTransient('password', typed.fresh)
    }
    if (config.useUniversalIdForUsername) state.putShared('username', person._id)
    return goTo('TRUE', { identified: { kind: 'user', name: person._id } })
  },
})

async function verdictOn(
  username: string,
  password: string,
  identities: IdentityPort,
): Promise<PasswordVerdict> {
  const isBlank = username.trim() === '' || password.trim() === ''
  return isBlank ? { kind: 'wrong' } : identities.checkPassword(username, password)
}
