import { expect, test } from 'vitest'
import { classOf, lowerBoundOf, medianOf, unmeasured } from './durations.ts'

const classesOf = (durations: readonly number[]) =>
  durations.map((each) => ({ class: classOf(each), count: 1 }))

test.each([0, 1, 7, 40, 999, 60_000, 7_200_000])('%i ms are within the bounds of their class', (duration) => {
  const found = classOf(duration)
  expect(lowerBoundOf(found)).toBeLessThanOrEqual(duration + 1e-6)
  expect(lowerBoundOf(found + 1)).toBeGreaterThan(duration)
})

test.each([
  [[10, 20, 30], 20],
  [[1000], 1000],
  [[5, 5, 5, 8000], 5],
  [Array.from({ length: 101 }, (_, place) => place * 100), 5000],
])('the median of %j is off by at most a fifth', (durations, median) => {
  const found = medianOf(classesOf(durations)) ?? Number.NaN
  expect(Math.abs(found - median)).toBeLessThanOrEqual(median * 0.21)
})

test('durations that nobody measured have no median, and change none', () => {
  expect(medianOf([])).toBeUndefined()
  expect(medianOf([{ class: unmeasured, count: 9 }])).toBeUndefined()
  const measured = classesOf([100, 200, 300])
  expect(medianOf([...measured, { class: unmeasured, count: 9 }])).toBe(medianOf(measured))
})

test('negative and endless durations have a class', () => {
  expect(classOf(-5)).toBe(0)
  expect(classOf(Number.MAX_SAFE_INTEGER)).toBe(120)
})
