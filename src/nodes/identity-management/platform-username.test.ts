import { expect, test } from 'vitest'
import { answer, callbacksOf, outcomeOf, runNode } from '../../../test/support/run-node.ts'
import type { FailedPolicy, IdentityPort } from '../ports/ports.ts'
import { platformUsername, platformUsernameV2 } from './platform-username.ts'

const validating = { validateInput: true }
const policies = { name: 'userName', policyRequirements: ['VALID_USERNAME'] }
const taken = { policyRequirement: 'VALID_USERNAME' }

function realmWhere(
  check: () => Promise<Record<string, FailedPolicy[]>>,
  names: { title?: string; description?: string } = {},
) {
  const identities: Partial<IdentityPort> = {
    attribute: (name) => ({
      name,
      title: '',
      description: '',
      ...names,
      type: 'string',
      viewable: true,
      userEditable: true,
      isRequired: true,
      policies,
    }),
    checkPolicies: check,
  }
  return { identities: identities as IdentityPort }
}

const allAllowed = realmWhere(async () => ({}), { title: 'Username' })
const nothingAllowed = realmWhere(async () => ({ userName: [taken] }), { title: 'Username' })

test('asks with a plain callback without validation', async () => {
  const { action } = await runNode(platformUsername)
  expect(callbacksOf(action)).toEqual([{ type: 'NameCallback', output: { prompt: 'User Name' } }])
})

test('stores the answer in shared state as username and as attribute', async () => {
  const { action, state } = await runNode(platformUsername, {
    config: { usernameAttribute: 'uid' },
    answers: [answer('NameCallback', 'alex')],
  })
  expect(outcomeOf(action)).toBe('outcome')
  expect(state.shared).toEqual({ username: 'alex', objectAttributes: { uid: 'alex' } })
})

test('continues with an empty answer and writes nothing', async () => {
  const { action, state } = await runNode(platformUsername, { answers: [answer('NameCallback', '')] })
  expect(outcomeOf(action)).toBe('outcome')
  expect(state.shared).toEqual({})
})

test('sends the policies with validation', async () => {
  const { action } = await runNode(platformUsername, { config: validating, ports: allAllowed })
  expect(callbacksOf(action)).toEqual([
    {
      type: 'ValidatedCreateUsernameCallback',
      output: { policies, failedPolicies: [], validateOnly: false, prompt: 'Username' },
    },
  ])
})

test.each([
  [{ title: 'Name', description: 'About' }, 'Name'],
  [{ description: 'About' }, 'About'],
  [{}, 'User Name'],
])('prompts for an attribute with %j by %s', async (names, prompt) => {
  const { action } = await runNode(platformUsername, {
    config: validating,
    ports: realmWhere(async () => ({}), names),
  })
  expect(callbacksOf(action)[0]?.output.prompt).toBe(prompt)
})

test('continues with an allowed name', async () => {
  const { action, state } = await runNode(platformUsername, {
    config: validating,
    answers: [answer('ValidatedCreateUsernameCallback', 'alex', { validateOnly: false })],
    ports: allAllowed,
  })
  expect(outcomeOf(action)).toBe('outcome')
  expect(state.shared).toEqual({ username: 'alex', objectAttributes: { userName: 'alex' } })
})

test('asks again for a rejected name and sends failed policies as JSON texts', async () => {
  const { action, state } = await runNode(platformUsername, {
    config: validating,
    answers: [answer('ValidatedCreateUsernameCallback', 'alex', { validateOnly: false })],
    ports: nothingAllowed,
  })
  expect(callbacksOf(action)[0]?.output.failedPolicies).toEqual(['{"policyRequirement":"VALID_USERNAME"}'])
  expect(state.shared).toEqual({})
})

test('does not continue if the client only validates', async () => {
  const { action, state } = await runNode(platformUsername, {
    config: validating,
    answers: [answer('ValidatedCreateUsernameCallback', 'alex', { validateOnly: true })],
    ports: allAllowed,
  })
  expect(callbacksOf(action)[0]?.output).toMatchObject({ failedPolicies: [], validateOnly: true })
  expect(state.shared).toEqual({})
})

test('fails and logs if policies cannot be checked', async () => {
  const { action, log } = await runNode(platformUsername, {
    config: validating,
    answers: [answer('ValidatedCreateUsernameCallback', 'alex')],
    ports: realmWhere(async () => Promise.reject(new Error('store is away'))),
  })
  expect(action).toEqual({ kind: 'error', message: 'Communication failure' })
  expect(log).toEqual([{ level: 'error', message: 'policy check failed' }])
})

test.each([
  ['shows the known username', true, { username: 'alex' }, { '': 'alex' }],
  ['shows nothing if the username is unknown', true, {}, undefined],
  ['shows nothing unless enabled', false, { username: 'alex' }, undefined],
])('version 2.0 %s', async (_what, prepopulate, shared, input) => {
  const { action } = await runNode(platformUsernameV2, { config: { prepopulate }, shared })
  expect(callbacksOf(action)[0]?.input).toEqual(input)
})

test('version 2.0 shows the known username in a validated field', async () => {
  const { action } = await runNode(platformUsernameV2, {
    config: { prepopulate: true, validateInput: true },
    shared: { username: 'alex' },
    ports: allAllowed,
  })
  expect(callbacksOf(action)[0]).toMatchObject({
    type: 'ValidatedCreateUsernameCallback',
    input: { '': 'alex' },
  })
})
