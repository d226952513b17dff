import { expect, test } from 'vitest'
import { head, row } from './table.ts'

test('a module that stopped counts as failed', () => {
  const results = ['PASSED', 'REVIEW', 'PASSED', 'stopped: WAITING', 'FAILED', 'UNKNOWN'].map((result) => ({
    result,
  }))
  expect(row('basic', results)).toEqual(['basic', '2', '0', '1', '0', '3'])
  expect(head).toEqual(['plan', 'passed', 'warning', 'review', 'skipped', 'failed'])
})
