import { expect, test } from 'vitest'
import { answer, callbacksOf, runNode } from '../../../test/support/run-node.ts'
import type { FailedPolicy, IdentityPort, PasswordVerdict } from '../ports/ports.ts'
import { identityStoreDecision } from './identity-store-decision.ts'

const alex = { _id: 'u-1', userName: 'alex' }
const state = { shared: { username: 'alex' }, transient: { password: 'given by desk' } }
/** The one that the person's directory does not take. */
const refusedPassword = 'refused there'
const identified = { kind: 'user', name: 'u-1' }

/** Knows one password; anything else gets the other verdict. */
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

test('the right password leaves by TRUE and identifies the person', async () => {
  const { action, state: after } = await runNode(identityStoreDecision, {
    ...state,
    ...realmWhere('given by desk'),
  })
  expect(action).toEqual({ kind: 'goTo', outcome: 'TRUE', identified })
  expect(after.shared).toEqual({ username: 'alex' })
})

test('the user name can become the object id', async () => {
  const { state: after } = await runNode(identityStoreDecision, {
    ...state,
    ...realmWhere('given by desk'),
    config: { useUniversalIdForUsername: true },
  })
  expect(after.shared).toEqual({ username: 'u-1' })
})

test.each(['wrong', 'unknown'] as const)('a verdict of %s leaves by FALSE', async (kind) => {
  const { action } = await runNode(identityStoreDecision, {
    ...state,
    ...realmWhere('other', false, { kind }),
  })
  expect(action).toEqual({ kind: 'goTo', outcome: 'FALSE', errorMessage: 'Login failure' })
})

test('a locked person leaves by LOCKED and is told so', async () => {
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
  ['no user name', { transient: { password: 'given by desk' } }],
])('%s leaves by FALSE without asking the store', async (_, given) => {
  const { action } = await runNode(identityStoreDecision, given)
  expect(action).toMatchObject({ kind: 'goTo', outcome: 'FALSE' })
})

test('a password set by somebody else has to be changed', async () => {
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

test('messages keep their case if wanted', async () => {
  const { action } = await runNode(identityStoreDecision, {
    ...state,
    ...realmWhere('given by desk', true),
    config: { mixedCaseForPasswordChangeMessages: true },
  })
  expect(callbacksOf(action)[0]?.output.message).toBe('Password must be reset.')
})

test('a good new password is saved and leaves by TRUE', async () => {
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

test('who cancels keeps the old password and is not signed in', async () => {
  const { ports, saved } = realmWhere('given by desk', true)
  const answers = changing('given by desk', 'correct horse', 'correct horse', 1)
  const { action } = await runNode(identityStoreDecision, { ...state, ports, answers })
  expect(action).toEqual({ kind: 'goTo', outcome: 'CANCELLED' })
  expect(saved).toEqual([])
})

test('a button that does not exist asks again', async () => {
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
    'is the user name',
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
])('a new password that %s is asked for again', async (_, answers, message) => {
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

test('without a shortest length an empty password is still none', async () => {
  const { ports, saved } = realmWhere('given by desk', true)
  const answers = changing('given by desk', '')
  const config = { minimumPasswordLength: 0 }
  const { action } = await runNode(identityStoreDecision, { ...state, ports, answers, config })
  expect(callbacksOf(action)).toHaveLength(5)
  expect(saved).toEqual([])
})

test('a new password that policies refuse is asked for again', async () => {
  const failed = { password: [{ policyRequirement: 'DICTIONARY' }] }
  const { ports, saved } = realmWhere('given by desk', true, { kind: 'wrong' }, failed)
  const answers = changing('given by desk', 'correct horse')
  const { action } = await runNode(identityStoreDecision, { ...state, ports, answers })
  const message = 'NEW PASSWORD DOES NOT MEET THE PASSWORD POLICY REQUIREMENTS.'
  expect(callbacksOf(action)[0]?.output.message).toBe(message)
  expect(saved).toEqual([])
})

test('asks again for a new password that the directory refuses', async () => {
  const { ports, saved } = realmWhere('given by desk', true)
  const answers = changing('given by desk', refusedPassword)
  const { action, state: after } = await runNode(identityStoreDecision, { ...state, ports, answers })
  const message = 'NEW PASSWORD DOES NOT MEET THE PASSWORD POLICY REQUIREMENTS.'
  expect(callbacksOf(action)[0]?.output.message).toBe(message)
  expect(saved).toEqual([])
  expect(after.transient).toEqual(state.transient)
})

test('guessing the old password locks as anywhere else', async () => {
  const { ports } = realmWhere('given by desk', true, { kind: 'locked' })
  const answers = changing('guessed', 'correct horse')
  const { action } = await runNode(identityStoreDecision, { ...state, ports, answers })
  expect(action).toMatchObject({ kind: 'goTo', outcome: 'LOCKED' })
})

test('policies that cannot be checked fail the node and the old password stays', async () => {
  const { ports, saved } = realmWhere('given by desk', true)
  const away = { ...ports.identities, checkPolicies: () => Promise.reject(new Error('store is away')) }
  const answers = changing('given by desk', 'correct horse')
  const { action } = await runNode(identityStoreDecision, { ...state, ports: { identities: away }, answers })
  expect(action).toEqual({ kind: 'error', message: 'Communication failure' })
  expect(saved).toEqual([])
})
