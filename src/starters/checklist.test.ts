import { describe, expect, test } from 'vitest'
import { type ChecklistFacts, type ChecklistStep, checklist } from './checklist.ts'

const done: ChecklistFacts = {
  isPrivate: false,
  hasAddress: true,
  hasMailServer: true,
  signIn: { journey: 'Login', problem: undefined },
  candidates: ['Login', 'Other'],
  people: 2,
  agents: ['ines'],
  hasOrganisation: true,
  checks: 4,
  actionsWithoutCheck: [],
  checksWithoutCode: [],
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
    ['check', { actionsWithoutCheck: ['Reset the password'] }],
    ['agent', { agents: [] }],
    ['caller', { people: 1 }],
    ['verified', { hasVerified: false }],
  ])('has the step %s, and is not done without it', (step, missing) => {
    expect(of(missing).isDone).toBe(false)
    expect(open(missing)).toEqual([step])
  })

  test('needs no address and no mail server on a machine of one developer', () => {
    const { isDone, steps } = of({ isPrivate: true, hasAddress: false, hasMailServer: false })
    expect(isDone).toBe(true)
    expect(steps.filter(({ isOptional }) => isOptional).map(({ _id }) => _id)).toEqual([
      'address',
      'mail',
      'organisation',
    ])
  })

  test('takes a person without a role as the caller, and no agent alone', () => {
    expect(open({ people: 1, agents: [] })).toEqual(['agent'])
    expect(open({ people: 1, agents: ['ines'] })).toEqual(['caller'])
    expect(open({ people: 2, agents: ['ines', 'noor'] })).toEqual([])
  })

  test('names actions without a check that is enough, and checks whose result no action can use', () => {
    const missing = { actionsWithoutCheck: ['Reset the password'], checksWithoutCode: ['Verify a caller'] }
    expect(of(missing).steps.find(({ _id }) => _id === 'check')).toMatchObject(missing)
  })

  test('needs no name of the organisation', () => {
    expect(of({ hasOrganisation: false }).isDone).toBe(true)
    expect(open({ hasOrganisation: false })).toEqual(['organisation'])
  })

  test('names an agent for the first check, and says whether other devices can open links', () => {
    const last = (facts: Partial<ChecklistFacts>) => of(facts).steps.at(-1)
    expect(last({})).toMatchObject({ _id: 'verified', agent: 'ines', isLocal: false })
    expect(last({ isPrivate: true, hasAddress: false })).toMatchObject({ isLocal: true })
    expect(last({ agents: [] })).not.toHaveProperty('agent')
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
