import { expect, test } from 'vitest'
import { digits, hex, letters } from './random.ts'

test.each([
  [digits, /^\d{8}$/, 8],
  [hex, /^[0-9a-f]{33}$/, 33],
  [letters, /^[A-Za-z0-9]{10}$/, 10],
] as const)('%o returns the requested number of characters, different each time', (make, form, length) => {
  expect(make(length)).toMatch(form)
  expect(make(length)).not.toBe(make(length))
})

test('digits returns all ten digits', () => {
  expect(new Set(digits(1000)).size).toBe(10)
})
