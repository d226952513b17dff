import { expect, test } from 'vitest'
import { lineThrough } from './line-fit.ts'

test('points on a line give that line', () => {
  expect(lineThrough([1, 2, 3, 10].map((x) => [x, 3 * x + 4]))).toEqual({ slope: 3, start: 4 })
})

test('what goes up and down about a level has no slope', () => {
  const { slope } = lineThrough([
    [0, 101],
    [1, 99],
    [2, 99],
    [3, 101],
  ])
  expect(slope).toBe(0)
})

test('points above each other have none', () => {
  expect(
    lineThrough([
      [1, 1],
      [1, 2],
    ]).slope,
  ).toBeNaN()
})
