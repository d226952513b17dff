import { describe, expect, it } from 'vitest'
import { clockTime, dayAndTime, inHoursOrDays, isoTime, shortTime } from './times.ts'

describe('dayAndTime', () => {
  const noon = new Date(2026, 10, 25, 12).getTime()
  const at = (day: number, hour: number, minute: number) => new Date(2026, 10, day, hour, minute).getTime()

  it.each([
    ['Today 00:00', at(25, 0, 0)],
    ['Today 23:59', at(25, 23, 59)],
    ['Yesterday 23:59', at(24, 23, 59)],
    ['Tomorrow 00:02', at(26, 0, 2)],
  ])('names nearby days: %s', (words, time) => {
    expect(dayAndTime(time, noon)).toBe(words)
  })

  it.each([23, 27])('shows the date of other days: the %ith', (day) => {
    expect(dayAndTime(at(day, 9, 5), noon)).toMatch(new RegExp(`\\b${day}\\b.* 09:05$`))
  })
})

it.each([
  [undefined, 2 * 3_600 - 1],
  ['in 2 hours', 2 * 3_600],
  ['in 47 hours', 47 * 3_600],
  ['in 3 days', 72 * 3_600],
])('says long delays in words: %s', (words, seconds) => {
  expect(inHoursOrDays(seconds * 1_000, 0)).toBe(words)
})

it('shows midnight as 00, with 24 hours', () => {
  const midnight = new Date(2026, 10, 25, 0, 5, 9).getTime()
  expect(clockTime(midnight)).toBe('00:05:09')
  expect(shortTime(midnight)).toBe('00:05')
  expect(shortTime(midnight + 13 * 3_600_000)).toBe('13:05')
})

describe('isoTime', () => {
  const at = Date.UTC(2026, 10, 25, 23, 5, 9, 999)
  it.each([
    ['2026-11-25T23:05:09+00:00', 0],
    ['2026-11-26T04:35:09+05:30', 330],
    ['2026-11-25T19:35:09-03:30', -210],
  ])('names the offset: %s', (text, offset) => {
    expect(isoTime(at, offset)).toBe(text)
    expect(Date.parse(text)).toBe(at - 999)
  })
})
