import { afterEach, describe, expect, it } from 'vitest'
import plurals from '../../../texts/en/desk.json' with { type: 'json' }
import { spokenTimeLeft, timeAgo, timeLeft } from '../../check-model/times.ts'
import { deskTexts } from '../../translate/load-language.ts'
import { setLanguage } from '../../translate/translate.ts'
import { resultMessage, shortStatus } from './check-messages.ts'
import { firstName, fullName, initials } from './names.ts'

const ar = await deskTexts('ar')
const de = await deskTexts('de')

const details = {
  name: 'Elena Marsh',
  firstName: 'Elena',
  action: 'Unlock the account',
  lifeMinutes: 10,
  isOwn: true,
}
const anonymous = { ...details, name: undefined, firstName: undefined, action: undefined }

describe('the message about a check', () => {
  it.each([
    ['created', 'Give Elena the link', 'Give the caller the link'],
    ['opened', 'Elena opened the link', 'The caller opened the link'],
    ['signing-in', 'Elena is signing in', 'The caller is signing in'],
    ['ready', 'Verified', 'Verified'],
    ['not-me', 'Stop: not Elena', 'Stop: not the caller'],
    ['wrong-person', 'Someone else signed in', 'Someone else signed in'],
    ['expired', 'Time ran out', 'Time ran out'],
    ['cancelled', 'This check was cancelled', 'This check was cancelled'],
    ['withdrawn', 'Result withdrawn', 'Result withdrawn'],
  ] as const)('has a headline with and without a name: %s', (standing, withName, withoutName) => {
    expect(resultMessage(standing, details).headline).toBe(withName)
    expect(resultMessage(standing, anonymous).headline).toBe(withoutName)
  })

  it('names the action, and warns when someone else had signed in', () => {
    expect(resultMessage('ready', details).sentence).toBe(
      'This is Elena Marsh. You may go ahead with: Unlock the account.',
    )
    expect(resultMessage('ready', { ...details, hadWrongPerson: true }).sentence).toContain('someone else')
    expect(resultMessage('ready', anonymous).sentence).toBe('This is the caller. You may go ahead.')
  })

  it.each(['created', 'viewed', 'opened', 'ready'] as const)(
    'asks a lead who only looks for nothing: %s',
    (standing) => {
      const { headline, sentence } = resultMessage(standing, { ...details, isOwn: false })
      expect(`${headline} ${sentence}`).not.toMatch(/give|read the|read your|ask |you may/i)
    },
  )

  it('lets nobody act on a withdrawn result', () => {
    expect(resultMessage('withdrawn', details).sentence).toBe(
      'This is Elena Marsh. The result was withdrawn: don’t act on the request.',
    )
  })
})

describe('the message in another language', () => {
  afterEach(() => setLanguage({ locale: undefined, direction: 'ltr', translations: plurals }))

  it('says in German whether the agent may act', () => {
    setLanguage({ locale: 'de', direction: 'ltr', translations: de })
    expect(resultMessage('ready', details)).toEqual({
      headline: 'Identität bestätigt',
      sentence: 'Das ist Elena Marsh. Sie können fortfahren mit: Unlock the account.',
    })
    expect(resultMessage('not-verified', details)).toEqual({
      headline: 'Identität nicht bestätigt',
      sentence: 'Die anrufende Person hat die Prüfung nicht bestanden. Führen Sie das Anliegen nicht aus.',
    })
    expect(resultMessage('not-me', details).headline).toBe('Stopp: nicht Elena')
    expect(resultMessage('created', anonymous).headline).toBe('Geben Sie der anrufenden Person den Link')
    expect(resultMessage('expired', details).sentence).toContain('innerhalb von 10 Minuten')
  })

  it('isolates names in Arabic, and has no placeholder left', () => {
    setLanguage({ locale: 'ar', direction: 'rtl', translations: ar })
    expect(resultMessage('not-me', details).headline).toBe('توقف: ليس \u2068Elena\u2069')
    expect(resultMessage('expired', { ...details, lifeMinutes: 2 }).sentence).toContain('دقيقتين')
    const standings = [
      'created',
      'viewed',
      'opened',
      'ready',
      'not-enough',
      'waiting',
      'paused',
      'unbound',
      'reported',
      'called-me',
      'not-vouched',
      'expired',
    ] as const
    const all = standings.flatMap((standing) => [
      shortStatus(standing),
      ...Object.values(resultMessage(standing, { ...details, vouchFor: 'Ed Evers', asksCode: true })),
    ])
    expect(all.filter((text) => /[{}]/.test(text))).toEqual([])
  })
})

describe('the time left', () => {
  it('is never negative', () => {
    expect(timeLeft(462_000, 0)).toBe('7:42')
    expect(timeLeft(0, 5_000)).toBe('0:00')
  })

  it('is announced at two minutes and at thirty seconds', () => {
    expect([130, 119, 40, 29, 0].map((seconds) => spokenTimeLeft(seconds * 1_000, 0))).toEqual([
      '',
      '2 minutes left',
      '2 minutes left',
      '30 seconds left',
      '',
    ])
  })

  it('ago is in seconds, then in minutes', () => {
    expect([timeAgo(0, 6_000), timeAgo(0, 240_000), timeAgo(10, 0)]).toEqual([
      '6 s ago',
      '4 min ago',
      '0 s ago',
    ])
  })
})

describe('names', () => {
  it('fall back to the username', () => {
    expect(
      fullName({
        _id: '1',
        hasMail: true,
        hasNumber: true,
        pausedUntil: null,
        givenName: 'Elena',
        sn: 'Marsh',
      }),
    ).toBe('Elena Marsh')
    expect(
      fullName({ _id: '1', hasMail: true, hasNumber: true, pausedUntil: null, userName: 'e.marsh' }),
    ).toBe('e.marsh')
    expect(firstName(undefined, 'Elena Marsh')).toBe('Elena')
  })

  it('have at most two initials', () => {
    expect([initials('Elena Martínez Ortega'), initials('نور الحداد'), initials('dana')]).toEqual([
      'EO',
      'نا',
      'D',
    ])
  })
})
