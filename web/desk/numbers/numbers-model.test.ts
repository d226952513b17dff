import { describe, expect, it } from 'vitest'
import { customPeriod, dateOf, endingRows, groupName, periodOf, spokenMs } from './numbers-model.ts'

const hour = 3_600_000

describe('a period', () => {
  it('has whole days of the browser, until the end of today', () => {
    const now = new Date(2026, 4, 20, 13, 30).getTime()
    expect(periodOf('today', now)).toEqual({
      from: new Date(2026, 4, 20).getTime(),
      to: new Date(2026, 4, 21).getTime(),
    })
    expect(periodOf('30', now).from).toBe(new Date(2026, 3, 21).getTime())
  })

  it('of two days includes both', () => {
    const { from, to } = customPeriod('2026-05-19', '2026-05-20') ?? { from: 0, to: 0 }
    expect(dateOf(from)).toBe('2026-05-19')
    expect(dateOf(to - 1)).toBe('2026-05-20')
    expect(to - from).toBe(48 * hour)
  })

  it.each([
    ['', '2026-05-20'],
    ['2026-05-20', ''],
    ['2026-05-21', '2026-05-20'],
  ])('rejects "%s" to "%s"', (first, last) => {
    expect(customPeriod(first, last)).toBeUndefined()
  })
})

describe('texts', () => {
  it.each([
    [null, '–'],
    [0, '0:00'],
    [58_400, '0:58'],
    [125_000, '2:05'],
    [3_725_000, '1:02:05'],
  ])('of %s ms', (milliseconds, text) => {
    expect(spokenMs(milliseconds)).toBe(text)
  })

  it('of groups are for people', () => {
    expect(groupName({ key: '08', name: '08' }, 'hour')).toBe('08:00')
    expect(groupName({ key: null, name: null }, 'action')).toBe('No action')
    expect(groupName({ key: 'aa1c', name: 'Dana Desk' }, 'agent')).toBe('Dana Desk')
    expect(groupName({ key: '2026-05-20', name: '2026-05-20' }, 'day')).toMatch(/20/)
  })

  it('name every ending, and running checks only if there are some', () => {
    const none = { median: null, p90: null }
    const endings = {
      approved: 1,
      denied: 0,
      notMe: 0,
      calledMe: 0,
      notVouched: 0,
      wrongPerson: 0,
      wrongCode: 0,
      reported: 0,
      cancelled: 0,
      expired: 0,
    }
    const total = { checks: 1, open: 0, endings, used: 0, toOpened: none, toVerified: none }
    expect(endingRows(total)).toHaveLength(10)
    expect(endingRows(total)[0]).toEqual({ key: 'approved', name: 'Identity proven', count: 1 })
    expect(endingRows({ ...total, open: 2 }).at(-1)).toEqual({ key: 'open', name: 'In progress', count: 2 })
  })
})
