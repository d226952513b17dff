import { describe, expect, it } from 'vitest'
import { spokenTimeLeft, timeAgo, timeLeft } from '../../check-model/times.ts'
import { firstNameOf, initialsOf, nameOf } from './names.ts'
import { headlineOf } from './words.ts'

const called = {
  name: 'Elena Marsh',
  firstName: 'Elena',
  action: 'Unlock the account',
  lifeMinutes: 10,
  isOwn: true,
}
const nobody = { ...called, name: undefined, firstName: undefined, action: undefined }

describe('the headline of a check', () => {
  it.each([
    ['created', 'Give Elena the link', 'Give the caller the link'],
    ['opened', 'Elena opened the link', 'The caller opened the link'],
    ['signing-in', 'Elena is signing in', 'The caller is signing in'],
    ['verified', 'Verified', 'Verified'],
    ['not-me', 'This was not Elena', 'This was not them'],
    ['wrong-person', 'Somebody else signed in', 'Somebody else signed in'],
    ['expired', 'Time ran out', 'Time ran out'],
    ['cancelled', 'You cancelled this check', 'You cancelled this check'],
  ] as const)('says %s by name, and without one', (standing, named, nameless) => {
    expect(headlineOf(standing, called).headline).toBe(named)
    expect(headlineOf(standing, nobody).headline).toBe(nameless)
  })

  it('says what the agent may go on with, and that somebody else had signed in', () => {
    expect(headlineOf('verified', called).sentence).toBe(
      'It is Elena Marsh. You may go on with: Unlock the account.',
    )
    expect(headlineOf('verified', { ...called, hadSomebodyElse: true }).sentence).toContain('somebody else')
    expect(headlineOf('verified', nobody).sentence).toBe('It is the caller. You may go on.')
  })

  it('does not say that somebody cancelled who did not', () => {
    expect(headlineOf('cancelled', { ...called, isOwn: false }).headline).toBe('This check was cancelled')
  })
})

describe('the time left', () => {
  it('is never less than nothing', () => {
    expect(timeLeft(462_000, 0)).toBe('7:42')
    expect(timeLeft(0, 5_000)).toBe('0:00')
  })

  it('is spoken at two minutes and at thirty seconds', () => {
    expect([130, 119, 40, 29, 0].map((seconds) => spokenTimeLeft(seconds * 1_000, 0))).toEqual([
      '',
      '2 minutes left',
      '2 minutes left',
      '30 seconds left',
      '',
    ])
  })

  it('of news is told in seconds, then in minutes', () => {
    expect([timeAgo(0, 6_000), timeAgo(0, 240_000), timeAgo(10, 0)]).toEqual([
      '6 s ago',
      '4 min ago',
      '0 s ago',
    ])
  })
})

describe('names', () => {
  it('are the best there is', () => {
    expect(nameOf({ _id: '1', hasMail: true, pausedUntil: null, givenName: 'Elena', sn: 'Marsh' })).toBe(
      'Elena Marsh',
    )
    expect(nameOf({ _id: '1', hasMail: true, pausedUntil: null, userName: 'e.marsh' })).toBe('e.marsh')
    expect(firstNameOf(undefined, 'Elena Marsh')).toBe('Elena')
  })

  it('have two letters on a tile', () => {
    expect([initialsOf('Elena Martínez Ortega'), initialsOf('نور الحداد'), initialsOf('dana')]).toEqual([
      'EO',
      'نا',
      'D',
    ])
  })
})
