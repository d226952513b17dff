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
] as const)('compares 4 with the limit %j: %j', (limit, met) => {
  const { limit: _limit, ...rest } = figure
  expect(isMet(limit === undefined ? rest : { ...rest, limit })).toBe(met)
})

test('writes a row for each figure, with aligned columns', () => {
  const lines = table([figure, { ...figure, id: 'P3', value: 1234.6, unit: 'ms' }])
  expect(lines).toHaveLength(4)
  expect(new Set(lines.map((line) => line.length)).size).toBe(1)
  expect(lines[2]).toMatch(/^\| P1 +\| one step \| 100 µs CPU \| floor: 25 µs CPU \| 4\.00× +\| ≤ 4× +\| yes/)
  expect(lines[3]).toMatch(/\| 1235 ms +\| ≤ 4 ms +\| \*\*no\*\* \|$/)
})

test('fails for NaN', () => {
  expect(isMet({ ...figure, value: Number.NaN })).toBe(false)
})
