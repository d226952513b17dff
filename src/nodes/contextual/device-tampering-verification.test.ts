import { expect, test } from 'vitest'
import { collected, notCollected } from '../../../test/support/device-profile-fakes.ts'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { deviceTamperingVerification as node } from './device-tampering-verification.ts'

test.each([
  ['true', 0, '0'],
  ['false', 0.5, '0'],
  ['true', 0.5, '0.5'],
  ['false', 'none', '1'],
  ['false', undefined, '1'],
])('takes the outcome %s for score %s and threshold %s', async (outcome, jailBreakScore, score) => {
  const platform = jailBreakScore === undefined ? {} : { jailBreakScore }
  const { given } = collected({ metadata: { platform } })
  expect(outcomeOf((await runNode(node, { ...given, config: { score } })).action)).toBe(outcome)
})

test('requires metadata', async () => {
  expect((await runNode(node, collected({}).given)).action).toEqual(notCollected('metadata'))
})
