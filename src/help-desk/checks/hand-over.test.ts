import { describe, expect, test } from 'vitest'
import { noPurpose } from '../transactions/purpose.ts'
import { type TransactionEvent, unknownOpener } from '../transactions/transaction.ts'
import { type Candidate, earlierPartOf, handOverRefusal, takeoverBasis } from './hand-over.ts'
import { noRequirement } from './requirement.ts'

const now = 1000
const dana = { id: 'dana-id', name: 'dana' }
const eve = { id: 'eve-id', name: 'eve' }
const noor: Candidate = {
  id: 'noor-id',
  name: 'noor',
  displayName: 'Noor Night',
  realm: '/alpha',
  mayVerify: true,
}
const alex = { kind: 'user', id: 'alex-id', name: 'alex' } as const

type Check = Parameters<typeof handOverRefusal>[0]

const check: Check = {
  realm: '/alpha',
  subject: alex,
  purpose: noPurpose,
  openedBy: { ...unknownOpener, agent: dana, isHelpDesk: true },
  isCancelled: false,
  result: 'UNKNOWN',
  expiresAt: now + 1,
}
const vouchingFor = (vouchFor: string, vouchForId?: string): Check => ({
  ...check,
  purpose: { ...noPurpose, vouchFor, ...(vouchForId === undefined ? {} : { vouchForId }) },
})
const vouching = vouchingFor('Noor Night')

const problemOf = (
  change: Partial<Check> = {},
  to: Partial<Candidate> | null = {},
  result: Parameters<typeof handOverRefusal>[1] = { level: 1 },
) => handOverRefusal({ ...check, ...change }, result, to && { ...noor, ...to }, now)?.problem

describe('a check', () => {
  test('can be handed over to an agent, or offered to the team', () => {
    expect(problemOf()).toBeUndefined()
    expect(problemOf({}, null)).toBeUndefined()
  })

  test('with a result that may have to wait is handed over after the expiry, until the result is over', () => {
    const requirement = { ...noRequirement, delayMinutes: 30 }
    const approved = { result: 'APPROVED', expiresAt: now, endedAt: now - 40 * 60_000 + 1 } as const
    const problem = (change: Partial<Check>, result = {}) =>
      problemOf({ ...approved, ...change }, {}, { level: 1, requirement, ...result })
    expect(problem({})).toBeUndefined()
    expect(problem({ endedAt: now - 40 * 60_000 })).toBe('over')
    expect(problem({}, { requirement: noRequirement })).toBe('over')
    expect(problem({ isCancelled: true })).toBe('over')
    expect(problem({ result: 'DENIED' })).toBe('over')
    expect(problem({ rejectedAt: now - 1 })).toBe('over')
    expect(problem({}, { usedAt: now - 1 })).toBe('over')
    expect(problem({}, { withdrawnAt: now - 1 })).toBe('over')
  })

  test('that vouches for a known person is handed over to a namesake', () => {
    expect(problemOf(vouchingFor('Noor Night', 'other-id'))).toBeUndefined()
  })

  test('can go back to an agent who had it before', () => {
    expect(problemOf({ assignee: eve }, dana)).toBeUndefined()
  })

  test.each<[string, string, Partial<Check>, Partial<Candidate> | null]>([
    ['over', 'anyone once it has expired', { expiresAt: now }, {}],
    ['over', 'the team once it was cancelled', { isCancelled: true }, null],
    ['notAgent', 'a person without the right to verify callers', {}, { mayVerify: false }],
    ['notAgent', 'an agent of another realm', {}, { realm: '/beta' }],
    ['notAgent', 'an administrator of the root realm', {}, { realm: '/' }],
    ['own', 'its opener', {}, dana],
    ['own', 'the agent who took it over', { assignee: eve }, eve],
    ['self', 'the person who is verified', {}, { id: 'alex-id' }],
    ['secondAgent', 'its second agent', { openedBy: { ...check.openedBy, secondAgent: noor } }, {}],
    ['subject', 'the person who is asked to vouch', vouching, { id: 'alex-id', displayName: 'Alex' }],
    ['self', 'the caller for whom another person vouches', vouching, {}],
    ['self', 'that caller, named by username', vouchingFor('NOOR'), {}],
    ['self', 'that caller, named otherwise', vouchingFor('N. Night', 'noor-id'), {}],
  ])('is refused as %s to %s', (problem, _who, change, to) => {
    expect(problemOf(change, to)).toBe(problem)
  })
})

describe('a takeover', () => {
  const agent = { id: 'noor-id', isLead: false }
  const lead = { ...agent, isLead: true }

  test.each([
    ['an offer to the agent', { to: noor }, agent, 'offer'],
    ['an offer to the team', { to: null }, agent, 'offer'],
    ['no offer', undefined, agent, undefined],
    ['an offer to another agent', { to: eve }, agent, undefined],
    ['no offer, but the right of a lead', undefined, lead, 'lead'],
    ['an offer to another agent, but the right of a lead', { to: eve }, lead, 'lead'],
    ['an offer to a lead', { to: noor }, lead, 'offer'],
  ] as const)('is based on %s', (_what, offer, person, basis) => {
    expect(takeoverBasis({ ...(offer && { offer }) }, person)).toBe(basis)
  })
})

describe('an agent learns what became of a check', () => {
  const at = { sequence: 1, at: now }
  const takenOver: TransactionEvent = {
    ...at,
    kind: 'takenOver',
    agent: 'Noor',
    from: 'Eve',
    fromId: 'eve-id',
  }
  const offered = (toId: string | null): TransactionEvent => ({ ...at, kind: 'offered', to: toId, toId })

  test.each<[string, TransactionEvent[], string, ReturnType<typeof earlierPartOf>]>([
    ['its opener', [], 'dana-id', 'agent'],
    ['an agent who had taken it over', [takenOver], 'eve-id', 'agent'],
    ['nobody for an offer to another agent', [offered('eve-id'), takenOver], 'kim-id', undefined],
    ['an agent to whom it was offered', [offered('kim-id'), takenOver], 'kim-id', 'offered'],
    ['every agent after an offer to the team', [offered(null)], 'kim-id', 'offered'],
    ['no other agent', [takenOver], 'kim-id', undefined],
  ])('as %s', (_who, events, id, part) => {
    expect(earlierPartOf(check, events, id)).toBe(part)
  })
})
