import { type Action, type Extras, fail, goTo } from '../../engine/action.ts'
import type { NodeState } from '../../engine/node-state.ts'
import { defineNode } from '../define-node.ts'
import type { DirectoryEntry, PasswordAge } from '../ports/outside-ports.ts'
import {
  creationAttributes,
  type DirectoryConfig,
  directoryConfig,
  directoryOf,
} from './directory-settings.ts'
import { askForNewPassword, passwordAnswer, passwordChangeCallbacks, problemOf } from './password-change.ts'

const rejected: Extras = { errorMessage: 'Login failure' }
const lockedOut: Extras = { errorMessage: 'User Locked Out.', lockoutMessage: 'User Locked Out.' }

const outcomes = {
  all: { TRUE: 'True', FALSE: 'False', LOCKED: 'Locked', CANCELLED: 'Cancelled', EXPIRED: 'Expired' },
} as const

/** State key of a person who may keep the password although it should be changed. */
const advisedKey = (id: string) => `${id}.advised`

/**
 * Checks the collected credentials against a directory, and asks for a new password if its policy requires one. Source:
 * "LDAP Decision node".
 */
export const ldapDecision = defineNode({
  type: 'LdapDecisionNode',
  title: 'LDAP Decision',
  help: 'Checks the username and password against an LDAP directory. Asks for a new password if it must be changed.',
  tags: ['basic authn', 'basic authentication'],
  family: 'identity',
  config: () => directoryConfig,
  outcomes,
  reads: (_config, id) => ['username', 'password', advisedKey(id)],
  writes: () => ['username', 'password', 'userInfo'],
  callbacks: passwordChangeCallbacks,
  errors: {
    error: {
      'the directory request failed':
        'No server could be reached, or the search was not permitted. The log line says which.',
    },
    fail: {
      'Unable to connect to LDAP server': 'The directory request failed.',
      'mTLS to LDAP servers is not available': '**mTLS Enabled** is set.',
    },
  },
  requires: () => ['username', 'password'],
  proves: { TRUE: 'pwd' },
  needs: ['directories'],
  reference: {
    outputs: 'the identified person, and their new password in the directory if it had to be changed',
    keys: {
      userInfo:
        'What a directory or an identity provider says about the person: `attributes` and `userNames`.',
    },
    outcomes: {
      TRUE: 'The credentials are right.',
      FALSE: 'The credentials are wrong or missing.',
      LOCKED: 'The directory has locked the account.',
      CANCELLED: 'The password must be changed, and the person cancelled.',
      EXPIRED: 'The password has expired and can no longer be changed.',
    },
  },
  async run({ id, config, state, answers, directories, log }) {
    if (config.mtlsEnabled) return fail('mTLS to LDAP servers is not available')
    const username = state.getText('username') ?? ''
    const ask = (message: string, level: '0' | '2' = '2') =>
      askForNewPassword(config.mixedCaseForPasswordChangeMessages ? message : message.toUpperCase(), level)

    const typed = passwordAnswer(answers)
    if (typed === 'cancelled') return cancelled(state, id)
    const problem = typed && problemOf(typed, username, config.minimumPasswordLength)
    if (problem !== undefined) return ask(problem)

    const password = typed?.old ?? state.getText('password') ?? ''
    if (username.trim() === '' || password.trim() === '') return goTo('FALSE', rejected)
    const directory = directoryOf(config, config.beheraEnabled ? 'behera' : 'none')
    try {
      const verdict = typed
        ? await directories.changePassword(directory, username, typed)
        : await directories.check(directory, username, password)
      if (verdict.kind === 'locked') return goTo('LOCKED', lockedOut)
      if (verdict.kind === 'expired') return goTo('EXPIRED', rejected)
      if (verdict.kind === 'refused')
        return ask('New password does not meet the password policy requirements.')
      if (verdict.kind === 'tooShort') return ask('New password is too short.')
      if (verdict.kind === 'wrong' && typed) return ask('The password you entered is invalid.')
      if (verdict.kind !== 'right') return goTo('FALSE', rejected)
      const name = keepPerson(state, config, verdict.entry)
      if (typed) state.putTransient('password', typed.fresh)
      if (verdict.password.kind === 'good') return accepted(state, id, name)
      if (verdict.password.kind !== 'due') state.putShared(advisedKey(id), name)
      return ask(adviceFor(verdict.password), '0')
    } catch (error) {
      log.error('the directory request failed', error)
      return fail('Unable to connect to LDAP server')
    }
  },
})

type Outcome = keyof typeof outcomes.all

function accepted(state: NodeState, id: string, name: string): Action<Outcome> {
  state.remove(advisedKey(id))
  return goTo('TRUE', { identified: { kind: 'user', name } })
}

/** A person who must change the password and cancels is not signed in. */
function cancelled(state: NodeState, id: string): Action<Outcome> {
  const advised = state.getText(advisedKey(id))
  return advised === undefined ? goTo('CANCELLED') : accepted(state, id, advised)
}

/** @returns the username by which the person is known here */
export function keepPerson(
  state: NodeState,
  config: Omit<DirectoryConfig, 'beheraEnabled'>,
  entry: DirectoryEntry,
): string {
  const profileName = entry.attributes[config.userProfileAttribute.toLowerCase()]?.[0]
  const name = (config.returnUserDn ? undefined : profileName) ?? firstValueOf(entry.dn)
  state.putShared('username', name)
  const pairs = creationAttributes(config)
  if (pairs.length > 0) {
    const attributes = pairs.map(([theirs, ours]) => [
      ours,
      [...(entry.attributes[theirs.toLowerCase()] ?? [])],
    ])
    const userInfo = { attributes: Object.fromEntries(attributes), userNames: { username: [name] } }
    state.putShared('userInfo', userInfo)
  }
  return name
}

/** The first value of a DN: `kim` of `uid=kim,ou=people,dc=example`. Source: RFC 4514. */
function firstValueOf(dn: string): string {
  const [, value = ''] = /^[^=]+=((?:\\.|[^\\,+])*)/.exec(dn) ?? []
  const escaped = value.replaceAll('%', '%25').replace(/\\([0-9a-f]{2})/gi, '%$1')
  return decodeURIComponent(escaped.replace(/\\(.)/g, '$1'))
}

function adviceFor(age: Exclude<PasswordAge, { kind: 'good' }>): string {
  if (age.kind === 'expiring') return `Your password expires in ${age.seconds} seconds.`
  if (age.kind === 'grace')
    return `Your password has expired and you have ${age.signIns} grace logins remaining.`
  return 'Password must be reset.'
}
