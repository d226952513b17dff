import { expect, test } from 'vitest'
import { inner, joined, journeyBundle, realmWith } from '../../../test/support/small-bundle.ts'
import { preventsDeletion, usagesOf } from './usages.ts'

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

test('finds nodes of other journeys, but not its own', () => {
  const found = usagesOf('Login', realm, {})
  expect(found).toEqual([
    { kind: 'innerJourney', journey: 'Outer', nodeId: 'run', displayName: 'run' },
    { kind: 'transaction', journey: 'Desk', nodeId: 'open', displayName: 'open' },
    { kind: 'configProvider', journey: 'Any', nodeId: 'any', displayName: 'any' },
  ])
  expect(found.map(preventsDeletion)).toEqual([true, true, false])
})

test('finds all settings of the realm', () => {
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
