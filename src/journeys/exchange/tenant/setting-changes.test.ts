import { expect, test } from 'vitest'
import { realmSettingsSchema } from '../../../realms/realm.ts'
import { weakerSettings } from './setting-changes.ts'

const usual = realmSettingsSchema.parse({})
const lockout = (maxFailures: number) => ({ ...usual, lockout: { ...usual.lockout, maxFailures } })

test.each([
  ['lockout that is turned off', usual, lockout(0), ['Lockout, Wrong passwords before lockout: 10 → 0']],
  ['more attempts', usual, lockout(20), ['Lockout, Wrong passwords before lockout: 10 → 20']],
  ['fewer attempts', usual, lockout(3), []],
  ['lockout that is turned on', lockout(0), usual, []],
  [
    'longer sessions and shorter passwords',
    usual,
    { ...usual, maxIdleMinutes: 60, passwordPolicy: { ...usual.passwordPolicy, minLength: 8 } },
    ['Idle timeout (minutes): 30 → 60', 'Passwords, Minimum length: 15 → 8'],
  ],
])('weakening settings: %s', (_case, before, after, expected) => {
  expect(weakerSettings(before, after)).toEqual(expected)
})
