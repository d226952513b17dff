import { describe, expect, it } from 'vitest'
import { dayAndTime } from './times.ts'

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
