import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readmeRows, withReadmeRows } from './readme-rows.ts'
import { sampleResults } from './sample-results.ts'

const rows = readmeRows(sampleResults)
const readme = readFileSync(join(import.meta.dirname, '..', '..', 'README.md'), 'utf8')

test('has five rows with three cells', () => {
  const cells = rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
  expect(cells.slice(2).map(([name]) => name)).toEqual([
    'logins per second and core',
    'an agent sees a status after',
    'memory',
    'start',
    'poll',
  ])
  for (const row of cells) expect(row).toHaveLength(3)
  expect(cells[2]).toEqual([
    'logins per second and core',
    '80',
    'the password hash alone: 91; with the same hash, `better-auth`: 80, `oidc-provider`: 80',
  ])
  expect(cells[3]?.[1]).toBe('3.0 ms, 99 % within 30.0 ms, with 19,900 agents')
  expect(cells[4]?.[1]).toBe('101 MB, after 1,000 logins 141 MB')
  expect(cells[5]?.[1]).toBe('0.8 s')
  expect(cells[6]?.[1]).toBe('330 µs of CPU')
})

test('replaces the table of the README', () => {
  const replaced = withReadmeRows(readme, rows)
  expect(replaced).toContain(rows.join('\n'))
  expect(withReadmeRows(replaced, rows)).toBe(replaced)
  expect(replaced.split('\n## ')).toHaveLength(readme.split('\n## ').length)
})

test('needs marks in the README', () => {
  expect(() => withReadmeRows('no marks', rows)).toThrow('no place')
})
