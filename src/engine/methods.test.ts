import { expect, test } from 'vitest'
import { methodsOf } from './methods.ts'

test('lists each method once, in the order of proof', () => {
  const proofs = [
    { method: 'otp', name: 'alex' },
    { method: 'pwd', name: 'alex' },
    { method: 'otp', name: 'alex' },
  ] as const
  expect(methodsOf(proofs, ['alex'])).toEqual(['otp', 'pwd'])
})

test('ignores proofs of other names', () => {
  const proofs = [
    { method: 'pwd', name: 'mallory' },
    { method: 'otp', name: 'alex' },
  ] as const
  expect(methodsOf(proofs, ['alex', '3f1c'])).toEqual(['otp'])
  expect(methodsOf(proofs, [])).toEqual([])
})

test('compares names without case', () => {
  const proofs = [
    { method: 'pwd', name: 'Alex' },
    { method: 'pop', name: '3f1c' },
  ] as const
  expect(methodsOf(proofs, ['alex', '3f1c'])).toEqual(['pwd', 'pop'])
})
