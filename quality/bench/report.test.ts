import { expect, test } from 'vitest'
import { atLeast, atMost, type Figure, isMet } from './figure.ts'
import { figureTable } from './report.ts'
import { spreadOf } from './spread.ts'

const figure: Figure = {
  id: 'P1',
  what: 'one step',
  measured: '100 µs CPU',
  compared: 'floor: 25 µs CPU',
  result: { median: 4, low: 3, high: 5 },
  unit: '×',
  limit: atMost(4),
}

test.each([
  [atMost(4), true],
  [atMost(3.9), false],
  [atLeast(4), true],
  [atLeast(4.1), false],
  [undefined, true],
] as const)('compares 4 with the limit %j: %j', (limit, met) => {
  const { limit: _limit, ...rest } = figure
  expect(isMet(limit === undefined ? rest : { ...rest, limit })).toBe(met)
})

test('writes a row for each figure, with aligned columns', () => {
  const lines = figureTable([figure, { ...figure, id: 'P3', result: spreadOf([1234.6]), unit: 'ms' }])
  expect(lines).toHaveLength(4)
  expect(new Set(lines.map((line) => line.length)).size).toBe(1)
  expect(lines[2]).toMatch(
    /^\| P1 +\| one step \| 100 µs CPU \| floor: 25 µs CPU \| 4\.00× \[3\.00×–5\.00×\] +\| ≤ 4× +\| yes/,
  )
  expect(lines[3]).toMatch(/\| 1235 ms +\| ≤ 4 ms +\| \*\*no\*\* \|$/)
})

test.each([
  [atMost(5, 4), '≤ 5× (4×)', 'stretch'],
  [atMost(5, 3.9), '≤ 5× (3.9×)', 'yes'],
  [atMost(3, 2), '≤ 3× (2×)', '**no**'],
  [atLeast(3, 5), '≥ 3× (5×)', 'yes'],
] as const)('shows the stretch target of %j', (limit, target, verdict) => {
  const [, , row = ''] = figureTable([{ ...figure, limit }])
  const cells = row.split('|').map((cell) => cell.trim())
  expect(cells.slice(-3, -1)).toEqual([target, verdict])
})

test('fails for NaN', () => {
  expect(isMet({ ...figure, result: spreadOf([Number.NaN]) })).toBe(false)
})
