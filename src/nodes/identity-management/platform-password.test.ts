import { expect, test } from 'vitest'
import { answer, callbacksOf, outcomeOf, runNode } from '../../../test/support/run-node.ts'
import type { FailedPolicy, IdentityPort } from '../ports/ports.ts'
import { platformPassword } from './platform-password.ts'

const validating = { validateInput: true }
const tooShort = { policyRequirement: 'MIN_LENGTH', params: { minLength: 8 } }

function realmThatAnswers(failed: readonly FailedPolicy[]) {
  const asked: unknown[] = []
  const identities: Partial<IdentityPort> = {
    attribute: () => undefined,
    checkPolicies: async (values, id) => {
      asked.push({ values, id })
      return failed.length === 0 ? {} : { password: failed }
    },
  }
  return { ports: { identities: identities as IdentityPort }, asked }
}

test('asks with a plain callback without validation', async () => {
  const { action } = await runNode(platformPassword)
  expect(callbacksOf(action)).toEqual([{ type: 'PasswordCallback', output: { prompt: 'Password' } }])
})

test('stores the answer in transient state as password and as attribute', async () => {
  const { action, state } = await runNode(platformPassword, {
    config: { passwordAttribute: 'secret' },
    answers: [answer('PasswordCallback', 'correct horse')],
  })
  expect(outcomeOf(action)).toBe('outcome')
  expect(state.transient).toEqual({
    password: 'correct horse',
    objectAttributes: { secret: 'correct horse' },
  })
  expect(state.shared).toEqual({})
})

test('stores an empty answer', async () => {
  const { action, state } = await runNode(platformPassword, { answers: [answer('PasswordCallback', '')] })
  expect(outcomeOf(action)).toBe('outcome')
  expect(state.transient).toEqual({ password: '', objectAttributes: { password: '' } })
})

test('asks without echo with validation', async () => {
  const { action } = await runNode(platformPassword, {
    config: validating,
    ports: realmThatAnswers([]).ports,
  })
  expect(callbacksOf(action)).toEqual([
    {
      type: 'ValidatedCreatePasswordCallback',
      output: { echoOn: false, policies: {}, failedPolicies: [], validateOnly: false, prompt: 'Password' },
    },
  ])
})

test('asks again for a rejected password', async () => {
  const { action, state } = await runNode(platformPassword, {
    config: validating,
    answers: [answer('ValidatedCreatePasswordCallback', 'short')],
    ports: realmThatAnswers([tooShort]).ports,
  })
  expect(callbacksOf(action)[0]?.output.failedPolicies).toEqual([JSON.stringify(tooShort)])
  expect(state.transient).toEqual({})
})

test('does not continue if the client only validates', async () => {
  const { action } = await runNode(platformPassword, {
    config: validating,
    answers: [answer('ValidatedCreatePasswordCallback', 'correct horse', { validateOnly: true })],
    ports: realmThatAnswers([]).ports,
  })
  expect(callbacksOf(action)[0]?.output.validateOnly).toBe(true)
})

test('checks policies for the known person', async () => {
  const { ports, asked } = realmThatAnswers([])
  const { action } = await runNode(platformPassword, {
    config: validating,
    shared: { _id: 'u-1' },
    answers: [answer('ValidatedCreatePasswordCallback', 'correct horse')],
    ports,
  })
  expect(outcomeOf(action)).toBe('outcome')
  expect(asked).toEqual([{ values: { password: 'correct horse' }, id: 'u-1' }])
})

test('fails if policies cannot be checked', async () => {
  const identities: Partial<IdentityPort> = {
    checkPolicies: () => Promise.reject(new Error('store is away')),
  }
  const { action } = await runNode(platformPassword, {
    config: validating,
    answers: [answer('ValidatedCreatePasswordCallback', 'correct horse')],
    ports: { identities: identities as IdentityPort },
  })
  expect(action).toEqual({ kind: 'error', message: 'Communication failure' })
})
