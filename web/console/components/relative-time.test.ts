import { describe, expect, it } from 'vitest'
import { relativeTime, timeInText } from './relative-time.ts'

const now = new Date(2026, 10, 28, 14, 2, 11).getTime()
const minutes = (count: number) => now - count * 60_000

describe('relativeTime', () => {
  it.each([
    [0.4, 'just now'],
    [1, '1 min ago'],
    [1.4, '1 min ago'],
    [59, '59 min ago'],
    [60, 'Today 13:02'],
  ])('%d minutes ago', (count, text) => {
    expect(relativeTime(minutes(count), now)).toBe(text)
  })

  it('names the date with its year, and 24 hours', () => {
    expect(relativeTime(new Date(2025, 0, 2, 15, 4).getTime(), now)).toMatch(/2025.*, 15:04$/)
  })

  it('shows a time that lies ahead as it is', () => {
    expect(relativeTime(minutes(-30), now)).toBe('Today 14:32')
  })
})

it('leaves out the date of today in sentences', () => {
  expect(timeInText(minutes(300), now)).toBe('09:02')
  expect(timeInText(minutes(24 * 60), now)).toMatch(/2026, 14:02$/)
})
