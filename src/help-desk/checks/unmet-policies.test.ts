import { describe, expect, test } from 'vitest'
import type { Level } from '../../engine/level.ts'
import { policySchema } from '../../realms/help-desk-policies.ts'
import type { PolicySettings } from './requirement.ts'
import { actionsWithoutCheck, unmetPolicies } from './unmet-policies.ts'

const settings = (needs: object, change: Partial<PolicySettings> = {}): PolicySettings => ({
  policies: [policySchema.parse({ name: 'Board', needs })],
  strongActions: [],
  privilegedNeedSecondAgent: false,
  recoveryMinutes: 60,
  ...change,
})
const check = (level: Level, hasSecondAgent = false) => ({ level, hasSecondAgent })

test.each([
  ['a level that no check reaches', { level: 3 }, [check(1), check(2, true)], /reaches a passkey/],
  ['a second agent whom no check asks', { secondAgent: true }, [check(3)], /asks for a second agent/],
  [
    'both, of which each check has one',
    { level: 2, secondAgent: true },
    [check(2), check(1, true)],
    /both reaches two factors/,
  ],
])('reports a policy that needs %s', (_case, needs, checks, message) => {
  expect(unmetPolicies(settings(needs), checks)).toEqual([
    { policy: 'Board', message: expect.stringMatching(message) },
  ])
})

test.each([
  ['one check satisfies it', { level: 2, secondAgent: true }, [check(1), check(2, true)]],
  ['it only delays the result', { delayMinutes: 5 }, [check(0)]],
  ['the realm offers no check', { level: 3 }, []],
])('reports nothing if %s', (_case, needs, checks) => {
  expect(unmetPolicies(settings(needs), checks)).toEqual([])
})

test('includes the settings that are policies themselves', () => {
  const own = { strongActions: ['Reset password'], privilegedNeedSecondAgent: true }
  expect(unmetPolicies(settings({ delayMinutes: 1 }, own), [check(1)]).map(({ policy }) => policy)).toEqual([
    'Actions that need two factors',
    'Privileged accounts need a second agent',
  ])
})

test('one factor and a second agent suffice for strong actions', () => {
  const own = { strongActions: ['Reset password'] }
  const unmet = (change: Partial<PolicySettings>) =>
    unmetPolicies(settings({ delayMinutes: 1 }, { ...own, ...change }), [check(1, true)])
  expect(unmet({})).toEqual([])
  expect(unmet({ recoveryMinutes: 0 })).toHaveLength(1)
})

describe('an action has no check that is enough', () => {
  const actions = ['Unlock', 'Reset password']
  const without = (...checks: (ReturnType<typeof check> & { asksCode?: boolean })[]) =>
    actionsWithoutCheck(
      { ...settings({ delayMinutes: 1 }), strongActions: ['Reset password'], actions },
      checks.map((each) => ({ asksCode: true, ...each })),
    )

  test('if all checks are too weak', () => {
    expect(without(check(1))).toEqual(['Reset password'])
    expect(without(check(1), check(0, true))).toEqual(['Reset password'])
    expect(without(check(1), check(2))).toEqual([])
    expect(without(check(1, true))).toEqual([])
  })

  test('if those that are strong enough ask for no code', () => {
    expect(without({ ...check(3), asksCode: false }, check(1))).toEqual(['Reset password'])
    expect(without({ ...check(3), asksCode: false })).toEqual(actions)
  })
})
