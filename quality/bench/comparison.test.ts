import { expect, test } from 'vitest'
import { comparison } from './comparison.ts'
import { sampleResults } from './sample-results.ts'

test('has a cell for each server in each row', () => {
  const rows = comparison(sampleResults).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
  for (const row of rows) expect(row).toHaveLength(5)
  expect(rows.slice(2)).toEqual([
    ['password logins per CPU second, argon2id', '80', '80', '80', ''],
    ['the same with its own hash (scrypt)', '', '', '80', ''],
    ['CPU of a login beside the hash', '1.50 ms', '1.50 ms', '1.50 ms', ''],
    ['CPU of a poll', '330 µs', '250 µs', '', ''],
    ['start until it listens', ...Array(4).fill('800 ms [700 ms–900 ms]')],
    ['memory when it listens', '101 MB', '100 MB', '100 MB', '100 MB'],
    ['memory after 1,000 logins', '141 MB', '150 MB', '230 MB', ''],
    ['installed size with dependencies', '16.0 MB, packed 4.0 MB', '2.0 MB', '14.0 MB', '8.0 MB'],
  ])
})
