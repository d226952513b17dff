import { describe, expect, test } from 'vitest'
import { type ChecklistFacts, type ChecklistStep, checklist } from './checklist.ts'

const done: ChecklistFacts = {
  isPrivate: false,
  hasAddress: true,
  hasMailServer: true,
  signIn: { journey: 'Login', problem: undefined },
  candidates: ['Login', 'Other'],
  people: 2,
  agents: 1,
  checks: 4,
  hasVerified: true,
  isRoot: false,
}

const of = (facts: Partial<ChecklistFacts>) => checklist({ ...done, ...facts })
const open = (facts: Partial<ChecklistFacts>) =>
  of(facts).steps.flatMap(({ _id, isDone }) => (isDone ? [] : [_id]))

describe('the checklist', () => {
  test('is done when a caller was verified and nothing is missing', () => {
    expect(of({})).toMatchObject({ isDone: true })
    expect(open({})).toEqual([])
  })

  test.each<[ChecklistStep['_id'], Partial<ChecklistFacts>]>([
    ['address', { hasAddress: false }],
    ['mail', { hasMailServer: false }],
    ['signIn', { signIn: { journey: 'Login', problem: 'missing' } }],
    ['check', { checks: 0 }],
    ['agent', { agents: 0 }],
    ['caller', { people: 1 }],
    ['verified', { hasVerified: false }],
  ])('has the step %s, and is not done without it', (step, missing) => {
    expect(of(missing).isDone).toBe(false)
    expect(open(missing)).toEqual([step])
  })

  test('needs no address and no mail server on a machine of one developer', () => {
    const { isDone, steps } = of({ isPrivate: true, hasAddress: false, hasMailServer: false })
    expect(isDone).toBe(true)
    expect(steps.filter(({ isOptional }) => isOptional).map(({ _id }) => _id)).toEqual(['address', 'mail'])
  })

  test('takes a person without a role as the caller, and no agent alone', () => {
    expect(open({ people: 1, agents: 0 })).toEqual(['agent'])
    expect(open({ people: 1, agents: 1 })).toEqual(['caller'])
    expect(open({ people: 2, agents: 2 })).toEqual([])
  })

  test('says why the sign-in journey cannot be started, and which others there are', () => {
    const { steps } = of({ signIn: { journey: 'Login', problem: 'off' } })
    expect(steps.find(({ _id }) => _id === 'signIn')).toMatchObject({
      journey: 'Login',
      problem: 'off',
      candidates: ['Login', 'Other'],
    })
  })

  test('of the root realm ends with the sign-in journey', () => {
    expect(of({ isRoot: true }).steps.map(({ _id }) => _id)).toEqual(['address', 'mail', 'signIn'])
  })
})
