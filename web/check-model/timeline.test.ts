import { afterEach, describe, expect, it } from 'vitest'
import plurals from '../../texts/en/desk.json' with { type: 'json' }
import type { CheckEvent } from '../api/help-desk.ts'
import { deskTexts } from '../translate/load-language.ts'
import { setLanguage } from '../translate/translate.ts'
import { checkFrom } from './check.ts'
import { timelineOf } from './timeline.ts'

const de = await deskTexts('de')

const context = { agent: undefined }

function rowsOf(kinds: readonly string[], messages: { text: string; at: number }[] = []) {
  const timeline = kinds.map((kind, index) => ({
    kind,
    at: index,
    ...(kind === 'expired' ? {} : { sequence: index }),
    data: { journeyStatus: 'Half way' },
  }))
  const check = checkFrom({ reference: 'R', expiresAt: 9, timeline })
  return timelineOf(check, { ...context, messages })
}

describe('the timeline', () => {
  it.each<[string[], string[]]>([
    [['created'], ['branch', 'waiting']],
    [
      ['created', 'sent', 'opened', 'notification'],
      ['branch', 'mine', 'theirs', 'theirs', 'waiting'],
    ],
    [
      ['created', 'opened', 'approved'],
      ['branch', 'theirs', 'merge'],
    ],
    [
      ['created', 'opened', 'approved', 'rejected'],
      ['branch', 'theirs', 'merge', 'closed-alarm'],
    ],
    [
      ['created', 'opened', 'denied'],
      ['branch', 'theirs', 'stopped', 'closed'],
    ],
    [
      ['created', 'notMe'],
      ['branch', 'alarmed', 'closed-alarm'],
    ],
    [
      ['created', 'cancelled'],
      ['branch', 'lapsed'],
    ],
    [
      ['created', 'opened', 'expired'],
      ['branch', 'theirs', 'lapsed'],
    ],
    [
      ['created', 'somethingNew', 'opened'],
      ['branch', 'theirs', 'waiting'],
    ],
  ])('has the expected kinds of rows for %j', (kinds, turns) => {
    expect(rowsOf(kinds).map(({ kind }) => kind)).toEqual(turns)
  })

  it('marks the latest update from the caller while the check is running', () => {
    expect(rowsOf(['created', 'opened', 'notification']).filter(({ isNew }) => isNew)).toMatchObject([
      { text: 'Half way', isQuoted: true },
    ])
    expect(rowsOf(['created', 'opened', 'approved']).some(({ isNew }) => isNew)).toBe(false)
  })

  it('puts messages of the agent’s journey after the result and before a late rejection', () => {
    const messages = [{ text: 'User successfully authenticated', at: 5 }]
    expect(rowsOf(['created', 'approved', 'rejected'], messages).map(({ text }) => text)).toEqual([
      'You started the check',
      'Identity proven',
      'User successfully authenticated',
      'Pressed “This is not me”',
    ])
  })
})

describe('the timeline in German', () => {
  afterEach(() => setLanguage({ locale: undefined, direction: 'ltr', translations: plurals }))

  it('has sentences for the agent who looks at it and for others', () => {
    setLanguage({ locale: 'de', direction: 'ltr', translations: de })
    const timeline: CheckEvent[] = [
      { kind: 'created', sequence: 0, at: 0 },
      { kind: 'takenOver', sequence: 1, at: 1, from: 'Dana Desk' },
      { kind: 'codeWrong', sequence: 2, at: 2, triesLeft: 1 },
      { kind: 'notMe', sequence: 3, at: 3 },
    ]
    const rows = timelineOf(checkFrom({ reference: 'R', expiresAt: 9, timeline }), context)
    expect(rows.map(({ text, more }) => [text, more].filter(Boolean).join(' · '))).toEqual([
      expect.stringMatching(
        /^Dana Desk hat die Prüfung gestartet · Link erstellt\. Er ist gültig bis \d\d:\d\d\.$/,
      ),
      'Sie haben die Prüfung übernommen · Von Dana Desk',
      'Falschen Code eingegeben · Noch 1 Versuch',
      'Hat „Das bin ich nicht“ gedrückt',
      'Prüfung beendet · Keine Identität bestätigt',
    ])
  })
})
