import { expect, test } from 'vitest'
import { percentile } from './percentile.ts'

const hundred = Array.from({ length: 100 }, (_, index) => 100 - index)

test.each([
  [0.5, 50],
  [0.99, 99],
  [1, 100],
  [0, 1],
])('of the numbers 1 to 100, the share %d is at most %d', (share, value) => {
  expect(percentile(hundred, share)).toBe(value)
})

test('returns a single value for every percentile', () => {
  expect(percentile([7], 0.99)).toBe(7)
})

test('returns NaN without values', () => {
  expect(percentile([], 0.5)).toBeNaN()
})
