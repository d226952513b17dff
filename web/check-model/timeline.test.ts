import { describe, expect, it } from 'vitest'
import { checkFrom } from './check.ts'
import { timelineOf } from './timeline.ts'

const about = { agent: 'You', lifeText: 'until 14:12' }

function rowsOf(kinds: readonly string[], said: { text: string; at: number }[] = []) {
  const timeline = kinds.map((kind, index) => ({
    kind,
    at: index,
    ...(kind === 'expired' ? {} : { sequence: index }),
    data: { journeyStatus: 'Half way' },
  }))
  const check = checkFrom({ reference: 'R', expiresAt: 9, timeline })
  return timelineOf(check, { ...about, said })
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
  ])('of %j is drawn so', (kinds, turns) => {
    expect(rowsOf(kinds).map(({ turn }) => turn)).toEqual(turns)
  })

  it('marks the newest word of the caller’s side while the check is under way', () => {
    expect(rowsOf(['created', 'opened', 'notification']).filter(({ isNew }) => isNew)).toMatchObject([
      { text: 'Half way', isQuoted: true },
    ])
    expect(rowsOf(['created', 'opened', 'approved']).some(({ isNew }) => isNew)).toBe(false)
  })

  it('has what the agent’s journey said at its end behind the result, before what came late', () => {
    const said = [{ text: 'User successfully authenticated', at: 5 }]
    expect(rowsOf(['created', 'approved', 'rejected'], said).map(({ text }) => text)).toEqual([
      'You started the check',
      'Verified',
      'User successfully authenticated',
      'Pressed “This is not me”',
    ])
  })
})
