import { describe, expect, test } from 'vitest'
import { type Policy, policySchema } from '../../realms/help-desk-policies.ts'
import type { PolicyPerson } from './policy-people.ts'
import {
  builtInPolicies,
  type ConcernedPerson,
  neededFor,
  noRequirement,
  requirementOf,
  stricter,
} from './requirement.ts'

const action = 'Reset the password'
const anyone: PolicyPerson = { userName: 'alex', isActive: true, roles: [], attributes: {} }

const policy = (change: object, needs: object = { level: 2 }): Policy =>
  policySchema.parse({ name: 'Passwords', needs, ...change })

const needed = (
  policies: readonly Policy[],
  people: readonly ConcernedPerson[] = [anyone],
  about: string | undefined = action,
) =>
  requirementOf(about, people, {
    policies,
    strongActions: [],
    privilegedNeedSecondAgent: false,
    recoveryMinutes: 60,
  })

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
        recoveryMinutes: 60,
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
  const settings = {
    policies: [],
    strongActions: [action],
    privilegedNeedSecondAgent: true,
    recoveryMinutes: 60,
  }
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
    const about = 'Unlock the account'
    expect(requirementOf(about, [anyone, 'unnamed'], settings).secondAgent).toBe(false)
    expect(requirementOf(about, [anyone, privileged], settings).secondAgent).toBe(true)
  })

  test('allow one factor with a second agent and a delay instead of two, and not for privileged accounts', () => {
    expect(requirementOf(action, [anyone], settings).recoveryMinutes).toBe(60)
    for (const person of [privileged, 'unknown'] as const) {
      expect(requirementOf(action, [person], settings).recoveryMinutes).toBeUndefined()
    }
    expect(requirementOf(action, [anyone], { ...settings, recoveryMinutes: 0 })).not.toHaveProperty(
      'recoveryMinutes',
    )
    const policies = [policy({ actions: [action] })]
    expect(requirementOf(action, [anyone], { ...settings, policies }).recoveryMinutes).toBeUndefined()
  })

  test('need a second agent and a delay for a vouch, however much the manager proves', () => {
    const vouch = { level: 1, secondAgent: true, delayMinutes: 60, because: [builtInPolicies.vouches] }
    expect(requirementOf(action, [anyone, anyone], settings)).toEqual(vouch)
    expect(requirementOf('Unlock the account', [anyone, anyone], settings)).toEqual(noRequirement)
  })

  test('need two factors of the manager as well, if nobody knows that the caller is not privileged', () => {
    for (const person of [privileged, 'unknown', 'unnamed'] as const) {
      expect(requirementOf(action, [anyone, person], settings)).toMatchObject({
        level: 2,
        secondAgent: true,
        delayMinutes: 60,
      })
    }
    const never = { ...settings, recoveryMinutes: 0 }
    expect(requirementOf(action, [anyone, anyone], never)).toMatchObject({ level: 2, secondAgent: true })
  })
})

describe('one factor and a second agent', () => {
  const recovers = { ...noRequirement, level: 2, recoveryMinutes: 60 } as const
  const weaker = { ...noRequirement, level: 1, secondAgent: true, delayMinutes: 60 }

  test('replace two factors, with the longer delay', () => {
    expect(neededFor(recovers, { level: 1, hasSecondAgent: true })).toEqual(weaker)
    const delayed = { ...recovers, delayMinutes: 90 }
    expect(neededFor(delayed, { level: 1, hasSecondAgent: true }).delayMinutes).toBe(90)
  })

  test.each([
    ['without a second agent', recovers, { level: 1, hasSecondAgent: false }],
    ['without a factor', recovers, { level: 0, hasSecondAgent: true }],
    ['if two were proven', recovers, { level: 2, hasSecondAgent: true }],
    ['if a policy allows no recovery', { ...noRequirement, level: 2 }, { level: 1, hasSecondAgent: true }],
  ] as const)('replace nothing %s', (_case, requirement, result) => {
    expect(neededFor(requirement, result)).toEqual(requirement)
  })
})
