import { describe, expect, test } from 'vitest'
import { noPurpose } from '../transactions/purpose.ts'
import { type Approval, approvalLifeMs, stateOf } from './approval.ts'
import { type Approver, approverRefusal, isApprovalFor } from './approval-rules.ts'

const now = 1_800_000_000_000
const purpose = { ...noPurpose, action: 'Reset the password', ticket: 'INC-1' }

const approval: Approval = {
  id: 'a1',
  realm: '/alpha',
  journeySession: 'hash',
  journey: 'TwoAgents',
  requestedBy: { id: 'dana-id', name: 'dana', displayName: 'Dana Desk' },
  subject: { id: 'ada-id', name: 'ada', displayName: 'Ada Audit' },
  purpose,
  state: 'approved',
  answeredBy: { id: 'noor-id', name: 'noor' },
  createdAt: now - 60_000,
  expiresAt: now + 60_000,
  answeredAt: now - 1000,
}

const noor: Approver = {
  id: 'noor-id',
  name: 'noor',
  displayName: 'Noor Night',
  realm: '/alpha',
  isAgent: true,
}

describe('a second agent', () => {
  const problemOf = (change: Partial<Approver>, asked: Partial<Approval> = {}) =>
    approverRefusal({ ...approval, ...asked }, { ...noor, ...change })?.problem

  test('is another agent of the realm', () => {
    expect(problemOf({})).toBeUndefined()
  })

  test.each([
    ['who is no agent any more', { isAgent: false }, 'notAgent'],
    ['who is an agent of another realm', { realm: '/bravo' }, 'notAgent'],
    ['who is an administrator of the root realm', { realm: '/' }, 'notAgent'],
    ['who asked', { id: 'dana-id', name: 'dana' }, 'ownRequest'],
    ['whom the check is about', { id: 'ada-id', name: 'ada' }, 'isCaller'],
  ] as const)('is nobody %s', (_who, change, problem) => {
    expect(problemOf(change)).toBe(problem)
  })

  test('is not the caller for whom somebody else is asked to vouch', () => {
    expect(problemOf({}, { chosenId: 'noor-id' })).toBe('isCaller')
    const vouch = (vouchFor: string, vouchForId?: string) =>
      problemOf({}, { purpose: { ...purpose, vouchFor, ...(vouchForId !== undefined && { vouchForId }) } })
    expect(vouch('Noor Night')).toBe('isCaller')
    expect(vouch('NOOR')).toBe('isCaller')
    expect(vouch('N. Night', 'noor-id')).toBe('isCaller')
    expect(vouch('Noor Night', 'other-id')).toBeUndefined()
    expect(vouch('Ed Evers')).toBeUndefined()
  })
})

describe('an approval', () => {
  const opening = {
    realm: '/alpha',
    journeySession: 'hash',
    agentId: 'dana-id',
    subjectId: 'ada-id',
    purpose: { ...purpose, ticket: undefined, reason: 'New phone' },
  }
  const isFor = (change: Partial<Approval>, of: Partial<typeof opening> = {}) =>
    isApprovalFor({ ...approval, ...change }, { ...opening, ...of }, now)

  test('counts for the check that it is about', () => {
    expect(isFor({})).toBe(true)
  })

  test.each([
    ['without an answer', { state: 'waiting', answeredBy: undefined, answeredAt: undefined }],
    ['that was declined', { state: 'declined' }],
    ['that was withdrawn', { state: 'cancelled' }],
    ['that was used', { usedAt: now - 1 }],
    ['that is five minutes old', { answeredAt: now - approvalLifeMs }],
    ['that another agent asked for', { requestedBy: { id: 'kim-id', name: 'kim' } }],
    ['of another journey session', { journeySession: 'other' }],
    ['of another realm', { realm: '/bravo' }],
    ['about another caller', { subject: { id: 'bea-id', name: 'bea' } }],
    ['for another action', { purpose: { ...purpose, action: 'Unlock the account' } }],
    ['for no action', { purpose: noPurpose }],
    ['to vouch for somebody', { purpose: { ...purpose, vouchFor: 'Ed Evers' } }],
    ['to vouch for a person with an id', { purpose: { ...purpose, vouchForId: 'ed-id' } }],
  ] as const)('does not count if it is one %s', (_which, change) => {
    expect(isFor(change)).toBe(false)
  })

  test('expires only while it waits', () => {
    const late = approval.expiresAt
    expect(stateOf({ ...approval, state: 'waiting' }, late - 1)).toBe('waiting')
    expect(stateOf({ ...approval, state: 'waiting' }, late)).toBe('expired')
    expect(stateOf(approval, late)).toBe('approved')
  })
})
