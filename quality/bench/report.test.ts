import { expect, test } from 'vitest'
import { type Figure, isMet } from './figures.ts'
import { table } from './report.ts'

const figure: Figure = {
  id: 'P1',
  what: 'one step',
  measured: '100 µs CPU',
  compared: 'floor: 25 µs CPU',
  value: 4,
  unit: '×',
  limit: { kind: 'most', value: 4 },
}

test.each([
  [{ kind: 'most', value: 4 }, true],
  [{ kind: 'most', value: 3.9 }, false],
  [{ kind: 'least', value: 4 }, true],
  [{ kind: 'least', value: 4.1 }, false],
  [undefined, true],
] as const)('four against the limit %j is met: %j', (limit, met) => {
  const { limit: _limit, ...rest } = figure
  expect(isMet(limit === undefined ? rest : { ...rest, limit })).toBe(met)
})

test('the table has a line for each figure, its columns under each other', () => {
  const lines = table([figure, { ...figure, id: 'P3', value: 1234.6, unit: 'ms' }])
  expect(lines).toHaveLength(4)
  expect(new Set(lines.map((line) => line.length)).size).toBe(1)
  expect(lines[2]).toMatch(/^\| P1 +\| one step \| 100 µs CPU \| floor: 25 µs CPU \| 4\.00× +\| ≤ 4× +\| yes/)
  expect(lines[3]).toMatch(/\| 1235 ms +\| ≤ 4 ms +\| \*\*no\*\* \|$/)
})

test('a value that is no number meets nothing', () => {
  expect(isMet({ ...figure, value: Number.NaN })).toBe(false)
})
