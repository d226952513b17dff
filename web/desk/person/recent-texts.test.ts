import { describe, expect, it } from 'vitest'
import type { Recent } from '../../api/recent.ts'
import { pauseText, recentParts } from './recent-texts.ts'

const at = (hour: number, minute: number) => new Date(2026, 10, 28, hour, minute).getTime()
const now = at(9, 0)
const check = {
  ...{ action: null, reference: 'A', agent: 'Dana Desk', isOwn: false, openedAt: at(8, 40), usedAt: null },
  ...{ ending: 'approved', endedAt: at(8, 47), report: null },
}
const reported = {
  ...{ ...check, reference: 'B', agent: 'Noor Night', ending: 'calledMe', endedAt: at(8, 48) },
  report: { kind: 'calledMe', at: at(8, 48) },
}
const quiet: Recent = { checks: [], pause: null, lifts: [] }

describe('the last 24 hours of a person', () => {
  it('name results and reports in their order, and count the checks', () => {
    expect(recentParts({ ...quiet, checks: [reported, check] }, now)).toEqual({
      parts: ['verified by Dana Desk 08:47', 'reported an attack 08:48', '2 checks in 24 hours'],
      isAlarm: true,
    })
  })

  it('leave out the check on the page, and are empty without another one', () => {
    expect(recentParts({ ...quiet, checks: [check] }, now, 'A')).toEqual({ parts: [], isAlarm: false })
    expect(recentParts(quiet, now).parts).toEqual([])
  })

  it('say who lifted a pause, and why', () => {
    const lifts = [{ at: at(8, 50), by: 'Lena Lead', reason: 'called back' }]
    expect(recentParts({ ...quiet, checks: [reported], lifts }, now).parts).toContain(
      'Lena Lead lifted the pause 08:50: called back',
    )
  })
})

it.each([
  ['calledMe', 'Sol Soto reported at '],
  ['notMe', 'Somebody who opened a link for Sol Soto pressed “This is not me” at '],
])('a pause after %s says what was reported, and to call the victim back', (kind, start) => {
  const text = pauseText({ kind, reportedAt: now }, 'Sol Soto')
  expect(text.startsWith(start)).toBe(true)
  expect(text).toContain('This may be Sol Soto who calls back')
  expect(text).toContain('call Sol Soto back on the number on file, then ask your lead to lift the pause')
})
