import { expect, test } from 'vitest'
import { lineThrough } from './line-fit.ts'

test('returns the line through points on a line', () => {
  expect(lineThrough([1, 2, 3, 10].map((x) => [x, 3 * x + 4]))).toEqual({ slope: 3, start: 4 })
})

test('returns slope 0 for values that vary around a constant', () => {
  const { slope } = lineThrough([
    [0, 101],
    [1, 99],
    [2, 99],
    [3, 101],
  ])
  expect(slope).toBe(0)
})

test('returns NaN if all points have the same x', () => {
  expect(
    lineThrough([
      [1, 1],
      [1, 2],
    ]).slope,
  ).toBeNaN()
})
