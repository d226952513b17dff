import { type Extras, fail, goTo } from '../../engine/action.ts'
import { defineNode } from '../define-node.ts'
import { activeDirectoryConfig, directoryOf } from './directory-settings.ts'
import { keepPerson } from './ldap-decision.ts'
import { askForNewPassword, passwordAnswer, passwordChangeCallbacks, problemOf } from './password-change.ts'

const rejected: Extras = { errorMessage: 'Login failure' }
const lockedOut: Extras = { errorMessage: 'Account locked', lockoutMessage: 'Account locked' }

/**
 * Checks the collected credentials against Active Directory, and asks for a new password after a reset. Source: "AD Decision
 * node". The ids of its outcomes aren't published: those that LDAP Decision has, too, are the same.
 */
export const adDecision = defineNode({
  type: 'ADDecisionNode',
  title: 'AD Decision',
  help: 'Checks the username and password against Active Directory, and why it lets nobody in with the right ones.',
  tags: ['basic authn', 'basic authentication'],
  family: 'identity',
  config: () => activeDirectoryConfig,
  outcomes: {
    all: {
      TRUE: 'True',
      FALSE: 'False',
      EXPIRED: 'Password Expired',
      DISABLED: 'Disabled',
      ACCOUNT_EXPIRED: 'Account Expired',
      LOCKED: 'Account Locked',
      CANCELLED: 'Cancelled',
    },
  },
  reads: () => ['username', 'password'],
  writes: () => ['username', 'password', 'userInfo', 'lastModuleState'],
  callbacks: passwordChangeCallbacks,
  errors: {
    error: {
      'the directory request failed':
        'No server could be reached, or the search was not permitted. The log line says which.',
    },
    fail: {
      'Server error': 'The directory request failed.',
      'mTLS to LDAP servers is not available': '**mTLS Enabled** is set.',
    },
  },
  requires: () => ['username', 'password'],
  proves: { TRUE: 'pwd' },
  needs: ['directories'],
  reference: {
    example: 'In place of LDAP Decision, with a Message node for each reason.',
    outputs: 'the identified person, and their new password in the directory if it had to be changed',
    keys: {
      userInfo:
        'What a directory or an identity provider says about the person: `attributes` and `userNames`.',
      lastModuleState: '`changeAfterReset` if the password must be changed.',
    },
    outcomes: {
      TRUE: 'The credentials are right.',
      FALSE: 'The credentials are wrong or missing, or the person may not sign in now or here.',
      EXPIRED: 'The credentials are right, but the password has expired.',
      DISABLED: 'The credentials are right, but the account is disabled.',
      ACCOUNT_EXPIRED: 'The credentials are right, but the account has expired.',
      LOCKED: 'The directory has locked the account after too many wrong passwords.',
      CANCELLED: 'The password must be changed, and the person cancelled.',
    },
  },
  async run({ config, state, answers, directories, log }) {
    if (config.mtlsEnabled) return fail('mTLS to LDAP servers is not available')
    const username = state.getText('username') ?? ''
    const ask = (message: string, level: '0' | '2' = '2') =>
      askForNewPassword(config.mixedCaseForPasswordChangeMessages ? message : message.toUpperCase(), level)

    const typed = passwordAnswer(answers)
    if (typed === 'cancelled') return goTo('CANCELLED')
    const problem = typed && problemOf(typed, username, config.minimumPasswordLength)
    if (problem !== undefined) return ask(problem)

    const password = typed?.old ?? state.getText('password') ?? ''
    if (username.trim() === '' || password.trim() === '') return goTo('FALSE', rejected)
    const directory = directoryOf(config, 'activeDirectory')
    try {
      const verdict = typed
        ? await directories.changePassword(directory, username, typed)
        : await directories.check(directory, username, password)
      switch (verdict.kind) {
        case 'right': {
          const name = keepPerson(state, config, verdict.entry)
          if (typed) state.putTransient('password', typed.fresh)
          return goTo('TRUE', { identified: { kind: 'user', name } })
        }
        case 'expired':
          return goTo('EXPIRED', rejected)
        case 'disabled':
          return goTo('DISABLED', rejected)
        case 'accountExpired':
          return goTo('ACCOUNT_EXPIRED', rejected)
        case 'locked':
          return goTo('LOCKED', config.returnAccountLockedMessage ? lockedOut : rejected)
        case 'mustChange':
          state.putShared('lastModuleState', 'changeAfterReset')
          return ask('Password must be reset.', '0')
        case 'refused':
        case 'tooShort':
          return ask('New password does not meet the password policy requirements.')
        default:
          return typed ? ask('The password you entered is invalid.') : goTo('FALSE', rejected)
      }
    } catch (error) {
      log.error('the directory request failed', error)
      return fail('Server error')
    }
  },
})
