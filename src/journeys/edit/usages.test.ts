import { expect, test } from 'vitest'
import { inner, joined, journeyBundle, realmWith } from '../../../test/support/small-bundle.ts'
import { hinders, usagesOf } from './usages.ts'

const realm = realmWith(
  joined(
    journeyBundle('Login', { again: inner('Login') }),
    journeyBundle('Outer', { run: inner('Login'), other: inner('Register') }),
    journeyBundle('Desk', { open: { type: 'BackChannelInitNode', config: { tree: 'Login' } } }),
    journeyBundle('Any', {
      any: { type: 'ConfigProviderNode', config: { nodeType: 'InnerTreeEvaluatorNode', script: 's' } },
      wait: { type: 'ConfigProviderNode', config: { nodeType: 'PollingWaitNode', script: 's' } },
    }),
  ),
)

test('nodes of other journeys use a journey, its own do not', () => {
  const found = usagesOf('Login', realm, {})
  expect(found).toEqual([
    { kind: 'innerJourney', journey: 'Outer', nodeId: 'run', displayName: 'run' },
    { kind: 'transaction', journey: 'Desk', nodeId: 'open', displayName: 'open' },
    { kind: 'configProvider', journey: 'Any', nodeId: 'any', displayName: 'any' },
  ])
  expect(found.map(hinders)).toEqual([true, true, false])
})

test('settings of the realm use it, whatever holds them', () => {
  const settings = {
    defaultJourney: 'Login',
    passwordResetJourney: 'Login',
    successUrl: 'Login',
    helpDesk: { checks: [{ journey: 'Login', title: 'Verify a caller' }, { journey: 'Other' }] },
  }
  expect(usagesOf('Login', realmWith(), settings)).toEqual([
    { kind: 'defaultJourney' },
    { kind: 'realmSetting', name: 'passwordResetJourney' },
    { kind: 'deskCheck', name: 'Verify a caller' },
  ])
})
