import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { quotedTable, withQuotedTable } from './readme-table.ts'

const read = (...path: string[]) => readFileSync(join(import.meta.dirname, ...path), 'utf8')

const results = `
|     | work     | measured | compared with | result | target | met    |
| --- | -------- | -------- | ------------- | ------ | ------ | ------ |
| P1  | one step | 96 µs    | floor: 24 µs  | 4.00×  | ≤ 4×   | yes    |
| P6  | a login  |          |               | 1200 ms | ≤ 1000 ms | **no** |
| P6  | besides  |          |               | 3 MB   |        |        |
`

test('what has a target is quoted, met or not', () => {
  expect(quotedTable(results).split('\n').slice(2)).toEqual([
    '| one step | 4.00× | ≤ 4× | met |',
    '| a login | 1200 ms | ≤ 1000 ms | **not met** |',
  ])
})

test('the README keeps everything around its table', () => {
  const readme = 'before\n<!-- npm run bench writes this table -->\nold\n<!-- to here -->\nafter\n'
  const written = withQuotedTable(readme, results)
  expect(written).toMatch(/^before\n<!--.*-->\n\| work [\s\S]*\n<!-- to here -->\nafter\n$/)
  expect(written).not.toContain('old')
  expect(withQuotedTable(written, results)).toBe(written)
})

test('the README quotes the results as they are', () => {
  const readme = read('..', 'README.md')
  expect(readme).toBe(withQuotedTable(readme, read('RESULTS.md')))
})
