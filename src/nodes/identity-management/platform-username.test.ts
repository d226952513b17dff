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

test('without validation the first visit asks with a plain callback', async () => {
  const { action } = await runNode(platformUsername)
  expect(callbacksOf(action)).toEqual([{ type: 'NameCallback', output: { prompt: 'User Name' } }])
})

test('the answer goes to shared state twice: as user name and as attribute', async () => {
  const { action, state } = await runNode(platformUsername, {
    config: { usernameAttribute: 'uid' },
    answers: [answer('NameCallback', 'alex')],
  })
  expect(outcomeOf(action)).toBe('outcome')
  expect(state.shared).toEqual({ username: 'alex', objectAttributes: { uid: 'alex' } })
})

test('an empty answer goes on and writes nothing', async () => {
  const { action, state } = await runNode(platformUsername, { answers: [answer('NameCallback', '')] })
  expect(outcomeOf(action)).toBe('outcome')
  expect(state.shared).toEqual({})
})

test('with validation the callback carries the policies', async () => {
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
])('an attribute with %j prompts with %s', async (names, prompt) => {
  const { action } = await runNode(platformUsername, {
    config: validating,
    ports: realmWhere(async () => ({}), names),
  })
  expect(callbacksOf(action)[0]?.output.prompt).toBe(prompt)
})

test('an allowed name goes on', async () => {
  const { action, state } = await runNode(platformUsername, {
    config: validating,
    answers: [answer('ValidatedCreateUsernameCallback', 'alex', { validateOnly: false })],
    ports: allAllowed,
  })
  expect(outcomeOf(action)).toBe('outcome')
  expect(state.shared).toEqual({ username: 'alex', objectAttributes: { userName: 'alex' } })
})

test('a refused name is asked for again, its failed policies as JSON texts', async () => {
  const { action, state } = await runNode(platformUsername, {
    config: validating,
    answers: [answer('ValidatedCreateUsernameCallback', 'alex', { validateOnly: false })],
    ports: nothingAllowed,
  })
  expect(callbacksOf(action)[0]?.output.failedPolicies).toEqual(['{"policyRequirement":"VALID_USERNAME"}'])
  expect(state.shared).toEqual({})
})

test('a name that is only to be checked does not go on', async () => {
  const { action, state } = await runNode(platformUsername, {
    config: validating,
    answers: [answer('ValidatedCreateUsernameCallback', 'alex', { validateOnly: true })],
    ports: allAllowed,
  })
  expect(callbacksOf(action)[0]?.output).toMatchObject({ failedPolicies: [], validateOnly: true })
  expect(state.shared).toEqual({})
})

test('policies that cannot be checked fail the node and are logged', async () => {
  const { action, log } = await runNode(platformUsername, {
    config: validating,
    answers: [answer('ValidatedCreateUsernameCallback', 'alex')],
    ports: realmWhere(async () => Promise.reject(new Error('store is away'))),
  })
  expect(action).toEqual({ kind: 'error', message: 'Communication failure' })
  expect(log).toEqual([{ level: 'error', message: 'policy check failed' }])
})

test.each([
  ['shows the known user name', true, { username: 'alex' }, { '': 'alex' }],
  ['has nothing to show before a user name is known', true, {}, undefined],
  ['shows nothing unless told to', false, { username: 'alex' }, undefined],
])('version 2.0 %s', async (_what, prepopulate, shared, input) => {
  const { action } = await runNode(platformUsernameV2, { config: { prepopulate }, shared })
  expect(callbacksOf(action)[0]?.input).toEqual(input)
})

test('version 2.0 shows the known user name in a validated field too', async () => {
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
