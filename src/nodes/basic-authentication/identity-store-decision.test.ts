import { expect, test } from 'vitest'
import { answer, callbacksOf, runNode } from '../../../test/support/run-node.ts'
import type { FailedPolicy, IdentityPort, PasswordVerdict } from '../ports/ports.ts'
import { identityStoreDecision } from './identity-store-decision.ts'

const alex = { _id: 'u-1', userName: 'alex' }
const state = { shared: { username: 'alex' }, transient: { password: 'given by desk' } }
/** The password that the person's directory rejects. */
const refusedPassword = 'refused there'
const identified = { kind: 'user', name: 'u-1' }

/** Knows one password. Any other gets the other verdict. */
function realmWhere(
  password: string,
  mustChange = false,
  otherwise: PasswordVerdict = { kind: 'wrong' },
  failed: Record<string, FailedPolicy[]> = {},
) {
  const saved: string[] = []
  const identities: Partial<IdentityPort> = {
    checkPassword: async (_, tried) =>
      tried === password ? { kind: 'right', person: alex, mustChange } : otherwise,
    checkPolicies: async () => failed,
    async changePassword(id, { old, fresh }) {
      if (old !== password || fresh === refusedPassword) return 'refused'
      saved.push(`${id}: ${fresh}`)
      return 'changed'
    },
  }
  return { ports: { identities: identities as IdentityPort }, saved }
}

function changing(old: string, fresh: string, confirmed = fresh, pressed = 0) {
  return [
    answer('TextOutputCallback'),
    answer('PasswordCallback', old),
    answer('PasswordCallback', fresh),
    answer('PasswordCallback', confirmed),
    answer('ConfirmationCallback', pressed),
  ]
}

test('takes the outcome TRUE for the right password and identifies the person', async () => {
  const { action, state: after } = await runNode(identityStoreDecision, {
    ...state,
    ...realmWhere('given by desk'),
  })
  expect(action).toEqual({ kind: 'goTo', outcome: 'TRUE', identified })
  expect(after.shared).toEqual({ username: 'alex' })
})

test('can replace the username with the object ID', async () => {
  const { state: after } = await runNode(identityStoreDecision, {
    ...state,
    ...realmWhere('given by desk'),
    config: { useUniversalIdForUsername: true },
  })
  expect(after.shared).toEqual({ username: 'u-1' })
})

test.each(['wrong', 'unknown'] as const)('takes the outcome FALSE for the verdict %s', async (kind) => {
  const { action } = await runNode(identityStoreDecision, {
    ...state,
    ...realmWhere('other', false, { kind }),
  })
  expect(action).toEqual({ kind: 'goTo', outcome: 'FALSE', errorMessage: 'Login failure' })
})

test('takes the outcome LOCKED with a message for a locked person', async () => {
  const { action } = await runNode(identityStoreDecision, {
    ...state,
    ...realmWhere('other', false, { kind: 'locked' }),
  })
  const message = 'User Locked Out.'
  expect(action).toEqual({ kind: 'goTo', outcome: 'LOCKED', errorMessage: message, lockoutMessage: message })
})

test.each([
  ['no password', { shared: { username: 'alex' } }],
  ['a blank password', { shared: { username: 'alex' }, transient: { password: ' ' } }],
  ['no username', { transient: { password: 'given by desk' } }],
])('takes the outcome FALSE for %s without asking the store', async (_, given) => {
  const { action } = await runNode(identityStoreDecision, given)
  expect(action).toMatchObject({ kind: 'goTo', outcome: 'FALSE' })
})

test('asks for a new password after a reset', async () => {
  const { action } = await runNode(identityStoreDecision, { ...state, ...realmWhere('given by desk', true) })
  expect(callbacksOf(action)).toEqual([
    { type: 'TextOutputCallback', output: { message: 'PASSWORD MUST BE RESET.', messageType: '0' } },
    { type: 'PasswordCallback', output: { prompt: 'Old Password' } },
    { type: 'PasswordCallback', output: { prompt: 'New Password' } },
    { type: 'PasswordCallback', output: { prompt: 'Confirm Password' } },
    {
      type: 'ConfirmationCallback',
      output: {
        prompt: '',
        messageType: 0,
        options: ['SUBMIT', 'CANCEL'],
        optionType: 2,
        defaultOption: 1,
      },
    },
  ])
})

test('shows messages in mixed case if enabled', async () => {
  const { action } = await runNode(identityStoreDecision, {
    ...state,
    ...realmWhere('given by desk', true),
    config: { mixedCaseForPasswordChangeMessages: true },
  })
  expect(callbacksOf(action)[0]?.output.message).toBe('Password must be reset.')
})

test('saves a valid new password and takes the outcome TRUE', async () => {
  const { ports, saved } = realmWhere('given by desk', true)
  const { action, state: after } = await runNode(identityStoreDecision, {
    ...state,
    ports,
    answers: changing('given by desk', 'correct horse'),
  })
  expect(action).toEqual({ kind: 'goTo', outcome: 'TRUE', identified })
  expect(saved).toEqual(['u-1: correct horse'])
  expect(after.transient).toEqual({ password: 'correct horse' })
})

test('keeps the old password and signs nobody in after cancelling', async () => {
  const { ports, saved } = realmWhere('given by desk', true)
  const answers = changing('given by desk', 'correct horse', 'correct horse', 1)
  const { action } = await runNode(identityStoreDecision, { ...state, ports, answers })
  expect(action).toEqual({ kind: 'goTo', outcome: 'CANCELLED' })
  expect(saved).toEqual([])
})

test('asks again for an unknown button', async () => {
  const { ports, saved } = realmWhere('given by desk', true)
  const answers = changing('given by desk', 'correct horse', 'correct horse', 7)
  const { action } = await runNode(identityStoreDecision, { ...state, ports, answers })
  expect(callbacksOf(action)).toHaveLength(5)
  expect(saved).toEqual([])
})

test.each([
  ['is too short', changing('given by desk', 'short'), 'NEW PASSWORD IS TOO SHORT.'],
  [
    'differs from its confirmation',
    changing('given by desk', 'correct horse', 'correct house'),
    'THE PASSWORD AND THE CONFIRM PASSWORD DO NOT MATCH.',
  ],
  [
    'is the username',
    changing('given by desk', 'alex!!!!'),
    'USERNAME AND PASSWORD MUST BE DIFFERENT. TRY AGAIN.',
  ],
  [
    'is the old one',
    changing('given by desk', 'given by desk'),
    'THE PASSWORD MUST BE DIFFERENT. TRY AGAIN.',
  ],
  [
    'comes with a wrong old one',
    changing('guessed', 'correct horse'),
    'THE PASSWORD YOU ENTERED IS INVALID.',
  ],
])('asks again for a new password that %s', async (_, answers, message) => {
  const { ports, saved } = realmWhere('given by desk', true)
  const { action } = await runNode(identityStoreDecision, {
    shared: { username: 'alex!!!!' },
    transient: state.transient,
    ports,
    answers,
  })
  expect(callbacksOf(action)[0]?.output).toEqual({ message, messageType: '2' })
  expect(saved).toEqual([])
})

test('rejects an empty new password even without a minimum length', async () => {
  const { ports, saved } = realmWhere('given by desk', true)
  const answers = changing('given by desk', '')
  const config = { minimumPasswordLength: 0 }
  const { action } = await runNode(identityStoreDecision, { ...state, ports, answers, config })
  expect(callbacksOf(action)).toHaveLength(5)
  expect(saved).toEqual([])
})

test('asks again for a new password that policies reject', async () => {
  const failed = { password: [{ policyRequirement: 'DICTIONARY' }] }
  const { ports, saved } = realmWhere('given by desk', true, { kind: 'wrong' }, failed)
  const answers = changing('given by desk', 'correct horse')
  const { action } = await runNode(identityStoreDecision, { ...state, ports, answers })
  const message = 'NEW PASSWORD DOES NOT MEET THE PASSWORD POLICY REQUIREMENTS.'
  expect(callbacksOf(action)[0]?.output.message).toBe(message)
  expect(saved).toEqual([])
})

test('asks again for a new password that the directory rejects', async () => {
  const { ports, saved } = realmWhere('given by desk', true)
  const answers = changing('given by desk', refusedPassword)
  const { action, state: after } = await runNode(identityStoreDecision, { ...state, ports, answers })
  const message = 'NEW PASSWORD DOES NOT MEET THE PASSWORD POLICY REQUIREMENTS.'
  expect(callbacksOf(action)[0]?.output.message).toBe(message)
  expect(saved).toEqual([])
  expect(after.transient).toEqual(state.transient)
})

test('locks after guessing the old password', async () => {
  const { ports } = realmWhere('given by desk', true, { kind: 'locked' })
  const answers = changing('guessed', 'correct horse')
  const { action } = await runNode(identityStoreDecision, { ...state, ports, answers })
  expect(action).toMatchObject({ kind: 'goTo', outcome: 'LOCKED' })
})

test('fails and keeps the old password if policies can’t be checked', async () => {
  const { ports, saved } = realmWhere('given by desk', true)
  const away = { ...ports.identities, checkPolicies: () => Promise.reject(new Error('store is away')) }
  const answers = changing('given by desk', 'correct horse')
  const { action } = await runNode(identityStoreDecision, { ...state, ports: { identities: away }, answers })
  expect(action).toEqual({ kind: 'error', message: 'Communication failure' })
  expect(saved).toEqual([])
})
