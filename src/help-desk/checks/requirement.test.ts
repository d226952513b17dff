import { describe, expect, test } from 'vitest'
import { type Policy, policySchema } from '../../realms/help-desk-policies.ts'
import type { PolicyPerson } from './policy-people.ts'
import { builtInPolicies, type ConcernedPerson, requirementOf, stricter } from './requirement.ts'

const action = 'Reset the password'
const anyone: PolicyPerson = { userName: 'alex', isActive: true, roles: [], attributes: {} }

const policy = (change: object, needs: object = { level: 2 }): Policy =>
  policySchema.parse({ name: 'Passwords', needs, ...change })

const needed = (
  policies: readonly Policy[],
  people: readonly ConcernedPerson[] = [anyone],
  about: string | undefined = action,
) => requirementOf(about, people, { policies, strongActions: [], privilegedNeedSecondAgent: false })

const isNeeded = (policies: readonly Policy[], ...rest: [people?: ConcernedPerson[], about?: string]) =>
  needed(policies, ...rest).because.length > 0

describe('a policy', () => {
  test('without actions and people applies to all', () => {
    expect(needed([policy({})])).toEqual({
      level: 2,
      secondAgent: false,
      delayMinutes: 0,
      because: ['Passwords'],
    })
  })

  test.each(['Reset the password', 'reset THE  password', ' Reset the password ', 'Ｒeset the password'])(
    'names the action in any spelling: %j',
    (spelling) => {
      expect(isNeeded([policy({ actions: [spelling] })])).toBe(true)
      expect(isNeeded([policy({ actions: [action] })], [anyone], spelling)).toBe(true)
    },
  )

  test('for another action doesn’t apply', () => {
    expect(isNeeded([policy({ actions: ['Unlock the account'] })])).toBe(false)
  })

  test('for certain actions doesn’t apply to a check without one, and others do', () => {
    const about = (change: object) =>
      requirementOf(undefined, [anyone], {
        policies: [policy(change)],
        strongActions: [action],
        privilegedNeedSecondAgent: false,
      }).level
    expect([about({ actions: [action] }), about({})]).toEqual([0, 2])
  })

  test('applies to people with all its members', () => {
    const people = { roles: ['agent'], groups: ['staff'], attribute: { name: 'site', values: ['Bern'] } }
    const all = { roles: ['agent'], attributes: { memberOf: ['staff'], site: 'Bern' } }
    const applies = (change: object) => isNeeded([policy({ people })], [{ ...anyone, ...all, ...change }])
    expect(applies({})).toBe(true)
    expect(applies({ roles: ['admin'] })).toBe(false)
    expect(applies({ attributes: { site: 'Bern' } })).toBe(false)
    expect(applies({ attributes: { memberOf: ['staff'], site: 'Basel' } })).toBe(false)
  })

  test('applies to people who can’t be found and to vouched people without a name', () => {
    const executives = policy({ people: { groups: ['executives'] } })
    expect(isNeeded([executives])).toBe(false)
    expect(isNeeded([executives], ['unknown'])).toBe(true)
    expect(isNeeded([executives], [anyone, 'unnamed'])).toBe(true)
  })

  test('applies if one of two people matches', () => {
    const executives = policy({ people: { groups: ['executives'] } })
    const executive = { ...anyone, attributes: { memberOf: 'executives' } }
    expect(isNeeded([executives], [anyone, executive])).toBe(true)
    expect(isNeeded([executives], [executive, anyone])).toBe(true)
    expect(isNeeded([executives], [anyone, anyone])).toBe(false)
  })
})

test('the strictest of each need counts, with the names of all policies that match', () => {
  const policies = [
    policy({ name: 'One' }, { level: 3 }),
    policy({ name: 'Two' }, { level: 1, secondAgent: true }),
    policy({ name: 'Three' }, { delayMinutes: 30 }),
    policy({ name: 'Four' }, { delayMinutes: 5 }),
    policy({ name: 'Other', actions: ['Unlock the account'] }, { delayMinutes: 500 }),
  ]
  const expected = { level: 3, secondAgent: true, delayMinutes: 30 }
  expect(needed(policies)).toEqual({ ...expected, because: ['One', 'Two', 'Three', 'Four'] })
  expect(needed(policies.toReversed())).toMatchObject(expected)
})

test('the stricter of two requirements has both reasons once', () => {
  const one = { level: 1, secondAgent: true, delayMinutes: 0, because: ['A', 'B'] } as const
  const other = { level: 2, secondAgent: false, delayMinutes: 9, because: ['B'] } as const
  const both = { level: 2, secondAgent: true, delayMinutes: 9, because: ['A', 'B'] }
  expect(stricter(one, other)).toEqual(both)
})

describe('the older settings', () => {
  const settings = { policies: [], strongActions: [action], privilegedNeedSecondAgent: true }
  const privileged = { ...anyone, attributes: { employeeType: 'Privileged' } }

  test('need two factors for strong actions', () => {
    expect(requirementOf(action, [anyone], settings)).toMatchObject({
      level: 2,
      because: [builtInPolicies.strongActions],
    })
    expect(requirementOf('Unlock the account', [anyone], settings).level).toBe(0)
    expect(requirementOf(action, [anyone], { ...settings, strongActions: [] }).level).toBe(0)
  })

  test('need a second agent for privileged accounts, whatever the action', () => {
    for (const about of [undefined, action]) {
      expect(requirementOf(about, [privileged], settings)).toMatchObject({ secondAgent: true })
      expect(requirementOf(about, [anyone], settings)).toMatchObject({ secondAgent: false })
      const off = { ...settings, privilegedNeedSecondAgent: false }
      expect(requirementOf(about, [privileged], off)).toMatchObject({ secondAgent: false })
    }
    expect(requirementOf(action, [{ ...anyone, roles: ['agent'] }], settings).secondAgent).toBe(true)
    expect(requirementOf(action, ['unknown'], settings).secondAgent).toBe(true)
  })

  test('don’t change checks of journeys that don’t say who is vouched for', () => {
    expect(requirementOf(action, [anyone, 'unnamed'], settings).secondAgent).toBe(false)
    expect(requirementOf(action, [anyone, privileged], settings).secondAgent).toBe(true)
  })
})
