import { expect, test } from 'vitest'
import type { TraceEntry } from '../journey/trace.ts'
import { nodeTypeNamed } from '../nodes/catalogue.ts'
import { authenticationMethods } from './authentication-methods.ts'
import type { FrozenJourney } from './revisions.ts'

const types: Record<string, string> = {
  password: 'DataStoreDecisionNode',
  code: 'OneTimePasswordCollectorDecisionNode',
  app: 'OathTokenVerifierNode',
  passkey: 'WebAuthnAuthenticationNode',
  answer: 'KbaVerifyNode',
  social: 'SocialProviderHandlerNode',
  page: 'PageNode',
}

const nodes = Object.fromEntries(
  Object.entries(types).map(([id, type]) => [
    id,
    {
      type,
      version: '1.0',
      config: type === 'PageNode' ? { nodes: [{ _id: 'last', nodeType: types.code }] } : {},
    },
  ]),
)

// The rest of a frozen journey is of no matter here.
const frozen = {
  typeNamed: nodeTypeNamed,
  content: { journeys: { Login: { nodes } } },
} as unknown as FrozenJourney

const ran = (nodeId: string, outcome: string) => ({ journey: 'Login', nodeId, outcome }) as TraceEntry

test('only a right answer proves something', () => {
  expect(authenticationMethods([ran('password', 'false'), ran('code', 'false')], frozen)).toEqual([])
  expect(authenticationMethods([ran('password', 'false'), ran('password', 'true')], frozen)).toEqual(['pwd'])
})

test('something known and something had are several factors; two things known are not', () => {
  expect(authenticationMethods([ran('password', 'true'), ran('code', 'true')], frozen)).toEqual([
    'pwd',
    'otp',
    'mfa',
  ])
  expect(authenticationMethods([ran('password', 'true'), ran('answer', 'true')], frozen)).toEqual([
    'pwd',
    'kba',
  ])
  expect(authenticationMethods([ran('app', 'successOutcome'), ran('passkey', 'success')], frozen)).toEqual([
    'otp',
    'pop',
  ])
})

test('the last child of a page has its outcomes, be they named after it', () => {
  expect(authenticationMethods([ran('page', 'true')], frozen)).toEqual(['otp'])
  expect(authenticationMethods([ran('page', 'last-true')], frozen)).toEqual(['otp'])
  expect(authenticationMethods([ran('page', 'false')], frozen)).toEqual([])
})

test('what another provider vouches for, and what is not there, proves nothing', () => {
  expect(authenticationMethods([ran('social', 'ACCOUNT_EXISTS'), ran('gone', 'true')], frozen)).toEqual([])
})
