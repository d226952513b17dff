import { describe, expect, it } from 'vitest'
import { checkFrom } from './check.ts'
import { timelineOf } from './timeline.ts'

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
      'Verified',
      'User successfully authenticated',
      'Pressed “This is not me”',
    ])
  })
})
