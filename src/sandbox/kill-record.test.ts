import { expect, test } from 'vitest'
import { KillRecord } from './kill-record.ts'

test('refuses a script for a minute after two kills within a minute', () => {
  let now = 0
  const record = new KillRecord(() => now)
  record.add('a')
  expect(record.isRefused('a')).toBe(false)
  now = 50_000
  record.add('a')
  expect([record.isRefused('a'), record.isRefused('b')]).toEqual([true, false])
  now = 109_999
  expect(record.isRefused('a')).toBe(true)
  now = 110_000
  expect(record.isRefused('a')).toBe(false)
})

test('does not add up kills that are far apart', () => {
  let now = 0
  const record = new KillRecord(() => now)
  record.add('a')
  now = 60_000
  record.add('a')
  expect(record.isRefused('a')).toBe(false)
})
