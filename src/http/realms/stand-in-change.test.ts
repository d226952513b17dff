import { expect, test } from 'vitest'
import { realmSettingsSchema } from '../../realms/realm.ts'
import type { Call } from '../route.ts'
import { declaresStandIns, requireSameStandIns } from './stand-in-change.ts'

const settingsWith = (outcome?: string) => {
  const declared = [{ type: 'product-KerberosNode', does: 'outcome', outcome }]
  return realmSettingsSchema.parse({ standIns: outcome === undefined ? [] : declared })
}
// Only the members that these checks read.
const callTo = (outcome: string | undefined, body: object = {}) =>
  ({ realm: { settings: settingsWith(outcome) }, body }) as unknown as Call

test('a change that another request made meanwhile is not overwritten', () => {
  const requested = settingsWith('true')
  // The check for a recent sign-in saw the declaration as stored already.
  expect(() => requireSameStandIns(callTo('true'), settingsWith('false'), requested)).toThrow(
    'Another request changed the stand-ins',
  )
  expect(() => requireSameStandIns(callTo('true'), settingsWith(), requested)).toThrow()
})

test('changes of other settings are kept apart from it', () => {
  expect(() =>
    requireSameStandIns(callTo('true'), settingsWith('false'), settingsWith('false')),
  ).not.toThrow()
  expect(() => requireSameStandIns(callTo('true'), settingsWith('true'), settingsWith('false'))).not.toThrow()
})

test.each([
  ['other settings', {}, false],
  ['an empty list', { standIns: [] }, false],
  ['the stored list', { standIns: settingsWith('false').standIns }, false],
  ['another list', { standIns: settingsWith('true').standIns }, true],
  ['something else than a list', { standIns: 'all' }, true],
])('%s declares stand-ins: %o', (_what, body, expected) => {
  expect(declaresStandIns(callTo('false', body))).toBe(expected)
})
