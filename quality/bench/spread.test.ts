import { expect, test } from 'vitest'
import { median, ratiosOf, spreadOf } from './spread.ts'

test.each([
  [[3, 1, 2], 2],
  [[4, 1, 2, 3], 2.5],
  [[7], 7],
])('the median of %j is %d', (values, expected) => {
  expect(median(values)).toBe(expected)
})

test('gives the median, the lowest and the highest value', () => {
  expect(spreadOf([5, 1, 3])).toEqual({ median: 3, low: 1, high: 5 })
})

test('divides round by round', () => {
  expect(ratiosOf([10, 30], [5, 10])).toEqual([2, 3])
})

test('has no ratio without a partner', () => {
  expect(spreadOf(ratiosOf([10, 30], [5])).median).toBeNaN()
})
