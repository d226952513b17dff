import { expect, test } from 'vitest'
import { answer, callbacksOf, runNode } from '../../../test/support/run-node.ts'
import type { JsonObject } from '../../base/json.ts'
import type { SocialPort } from '../ports/outside-ports.ts'
import type { IdentityPort } from '../ports/ports.ts'
import { selectIdp } from './select-idp.ts'

const kim = { _id: 'u-1', userName: 'kim', aliasList: ['google-123'] }

function choose(
  config: JsonObject,
  chosen?: string,
  {
    providers = ['apple', 'google'],
    shared = {},
    hasPassword = false,
    person = kim as typeof kim | null,
  } = {},
) {
  const social: Partial<SocialPort> = {
    offered: async () => providers.map((provider) => ({ provider, uiConfig: { name: provider } })),
  }
  const identities: Partial<IdentityPort> = {
    findByAttribute: async () => (person === null ? [] : [person]),
    hasAttribute: async () => hasPassword,
  }
  return runNode(selectIdp, {
    config,
    shared,
    ...(chosen === undefined ? {} : { answers: [answer('SelectIdPCallback', chosen)] }),
    ports: { social: social as SocialPort, identities: identities as IdentityPort },
  })
}

const namesIn = ({ action }: Awaited<ReturnType<typeof choose>>) =>
  Object.values(Object(callbacksOf(action)[0]?.output.providers)).map((each) => Object(each).provider)

test('offers enabled providers with their UI settings', async () => {
  const { action } = await choose({})
  expect(callbacksOf(action)).toEqual([
    {
      type: 'SelectIdPCallback',
      output: {
        providers: [
          { provider: 'apple', uiConfig: { name: 'apple' } },
          { provider: 'google', uiConfig: { name: 'google' } },
          { provider: 'localAuthentication' },
        ],
        value: '',
      },
    },
  ])
})

test.each([
  ['google', 'socialAuthentication'],
  ['localAuthentication', 'localAuthentication'],
])('stores the choice of %s and takes the outcome %s', async (chosen, outcome) => {
  const { action, state } = await choose({}, chosen)
  expect(action).toEqual({ kind: 'goTo', outcome })
  expect(state.shared.selectedIdp).toBe(chosen)
})

test.each([
  ['a filter', { filteredProviders: ['apple', 'gone'] }, ['apple', 'localAuthentication']],
  ['no local sign-in', { includeLocalAuthentication: false }, ['apple', 'google']],
])('limits the offer by %s', async (_, config, names) => {
  expect(namesIn(await choose(config))).toEqual(names)
})

test.each([
  ['only local sign-in', {}, [], 'localAuthentication', 'localAuthentication'],
  ['a single provider', { includeLocalAuthentication: false }, ['google'], 'socialAuthentication', 'google'],
])('takes %s automatically', async (_, config, providers, outcome, name) => {
  const { action, state } = await choose(config, undefined, { providers })
  expect(action).toEqual({ kind: 'goTo', outcome })
  expect(state.shared.selectedIdp).toBe(name)
})

test('asks again if the person answered another node of the page', async () => {
  const { action, state } = await choose({}, '')
  expect(action.kind).toBe('send')
  expect(state.shared).not.toHaveProperty('selectedIdp')
})

test('offers only providers used before if enabled', async () => {
  const shared = { mail: 'kim@example.com' }
  const config = { offerOnlyExisting: true }
  expect(namesIn(await choose(config, undefined, { shared, hasPassword: true }))).toEqual([
    'google',
    'localAuthentication',
  ])
  const { state } = await choose(config, undefined, { shared })
  expect(state.shared.selectedIdp).toBe('google')
})

test.each([
  ['an unknown choice', {}, 'other', {}, 'Selected provider is unknown'],
  [
    'local sign-in if it is not offered',
    { includeLocalAuthentication: false },
    'localAuthentication',
    {},
    'Selected provider is unknown',
  ],
  [
    'an empty offer',
    { includeLocalAuthentication: false },
    undefined,
    { providers: [] },
    'No available authentication providers',
  ],
  [
    'an unknown person',
    { offerOnlyExisting: true },
    undefined,
    { person: null, shared: { mail: 'x' } },
    'No identity stored in state',
  ],
])('fails for %s', async (_, config, chosen, given, message) => {
  expect((await choose(config, chosen, given)).action).toEqual({ kind: 'error', message })
})
