import { describe, expect, it } from 'vitest'
import type { WallRow } from '../../api/leads.ts'
import { needOf, sortByNeed } from './need.ts'

const now = 1_800_000_000_000

function row(reference: string, change: Partial<WallRow> = {}): WallRow {
  return {
    reference,
    subject: 'Alex Caller',
    action: 'Unlock the account',
    ticket: null,
    vouchFor: null,
    check: 'HelpDesk',
    checkTitle: 'Verify a caller',
    agent: 'Dana Desk',
    openedBy: null,
    isOwn: false,
    offeredTo: null,
    secondAgent: null,
    state: 'CREATED',
    result: 'UNKNOWN',
    ending: null,
    rejectedAt: null,
    rejectionReadAt: null,
    rejectionReadBy: null,
    leadReadAt: null,
    leadReadBy: null,
    startedAt: now - 30_000,
    viewedAt: null,
    confirmedAt: null,
    endedAt: null,
    withdrawnAt: null,
    expiresAt: now + 150_000,
    notifications: 0,
    lastKind: 'created',
    openedAt: null,
    failedSignIns: 0,
    wrongCodes: 0,
    alsoCheckedBy: [],
    ...change,
  }
}

const ended = { state: 'COMPLETED', result: 'DENIED', endedAt: now - 5_000 }
const notMe = row('notMe', { ...ended, ending: 'notMe', rejectedAt: now - 5_000 })
const lateNotMe = row('late', { ...ended, result: 'APPROVED', ending: 'approved', rejectedAt: now })
const calledMe = row('calledMe', { ...ended, ending: 'calledMe', rejectedAt: now - 5_000 })
const wrongPerson = row('wrongPerson', { ...ended, ending: 'wrongPerson', lastKind: 'wrongPerson' })
const shared = row('shared', { alsoCheckedBy: ['Carl Colleague'] })
const offered = row('offered', { offeredTo: { name: null, at: 0 } })
const runningOut = row('runningOut', { expiresAt: now + 59_000 })
const opened = { state: 'IN_PROGRESS', openedAt: now - 10_000 }
const failing = row('failing', { ...opened, failedSignIns: 2, wrongCodes: 1 })
const wrongCode = row('wrongCode', { ...ended, ending: 'wrongCode', wrongCodes: 3 })
const calm = row('calm', opened)

describe('what a check needs', () => {
  it('is nothing while the caller reads the page, even in the last minute', () => {
    expect(needOf({ ...runningOut, viewedAt: now - 5_000, lastKind: 'sent' }, now)).toBeUndefined()
    expect(needOf({ ...runningOut, confirmedAt: now - 5_000 }, now)).toBeUndefined()
  })

  it.each([
    [notMe, 'alarm', 'Probably an attack: make sure that Dana Desk ends the call'],
    [lateNotMe, 'alarm', 'Probably an attack: make sure that Dana Desk ends the call'],
    [calledMe, 'alarm', 'Probably an attack: make sure that Dana Desk ends the call'],
    [wrongPerson, 'alarm', 'Probably an attack: make sure that Dana Desk ends the call'],
    [shared, 'warn', 'Carl Colleague checks this person, too'],
    [
      row('two', { alsoCheckedBy: ['Carl Colleague', 'Noor Night'] }),
      'warn',
      'Carl Colleague and Noor Night check this person, too',
    ],
    [offered, 'warn', 'Offered by Dana Desk: take over'],
    [
      row('toNoor', { offeredTo: { name: 'Noor Night', at: 0 } }),
      'warn',
      'Dana Desk offers it to Noor Night',
    ],
    [row('own', { offeredTo: { name: null, at: 0 }, isOwn: true }), 'warn', 'You offer it to the team'],
    [runningOut, 'warn', 'Less than a minute left, and the link is not opened'],
    [failing, 'warn', '1 wrong code, 2 failed sign-ins'],
    [wrongCode, 'warn', 'Not verified: ask Dana Desk what happened'],
  ])('has words: $reference', (check, tone, text) => {
    expect(needOf(check, now)).toMatchObject({ tone, text })
  })

  it.each([
    calm,
    row('opened, and short of time', { ...opened, expiresAt: now + 10_000 }),
    row('a minute left', { expiresAt: now + 60_000 }),
  ])('is nothing: $reference', (check) => {
    expect(needOf(check, now)).toBeUndefined()
  })
})

describe('what a lead can do on the wall', () => {
  it.each([
    [notMe, 'markRead'],
    [lateNotMe, 'markRead'],
    [wrongPerson, undefined],
    [offered, 'takeOver'],
    [row('toNoor', { offeredTo: { name: 'Noor Night', at: 0 } }), undefined],
    [row('own', { offeredTo: { name: null, at: 0 }, isOwn: true }), undefined],
  ])('with $reference', (check, act) => {
    expect(needOf(check, now)?.act).toBe(act)
  })
})

describe('the order of the wall', () => {
  it('is by need, whatever order the server sends', () => {
    const expected = [notMe, shared, offered, runningOut, failing, wrongCode, calm]
    const sorted = sortByNeed(expected.toReversed(), now)
    expect(sorted.map((check) => check.row.reference)).toEqual(expected.map(({ reference }) => reference))
  })

  it('lists the most urgent need of a check with several', () => {
    const both = row('both', { alsoCheckedBy: ['Carl Colleague'], expiresAt: now + 1_000, wrongCodes: 2 })
    expect(needOf(both, now)?.text).toBe('Carl Colleague checks this person, too')
  })

  it('is by age within a need, except that the shortest time left comes first', () => {
    const old = row('old', { ...opened, startedAt: now - 60_000 })
    const soon = row('soon', { startedAt: now, expiresAt: now + 10_000 })
    const later = row('later', { startedAt: now - 60_000, expiresAt: now + 20_000 })
    const sorted = sortByNeed([calm, later, old, soon], now)
    expect(sorted.map((check) => check.row.reference)).toEqual(['soon', 'later', 'old', 'calm'])
  })
})
