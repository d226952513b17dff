import { expect, it } from 'vitest'
import type { CheckRow } from '../../api/help-desk.ts'
import { matchesFilter } from './filter.ts'

it('finds a reference that was pasted from an Arabic page', () => {
  const row = { reference: '7QK4M2XR', subject: 'Alex Caller', ending: 'approved' } as CheckRow
  expect(matchesFilter(row, { result: 'all', text: '\u20687QK4M2XR\u2069 alex' })).toBe(true)
  expect(matchesFilter(row, { result: 'all', text: 'nobody' })).toBe(false)
})
