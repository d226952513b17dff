import { expect, test } from 'vitest'
import { methodsOf } from './methods.ts'

test('methods count once, in the order in which they proved right', () => {
  const proofs = [
    { method: 'otp', name: 'alex' },
    { method: 'pwd', name: 'alex' },
    { method: 'otp', name: 'alex' },
  ] as const
  expect(methodsOf(proofs, ['alex'])).toEqual(['otp', 'pwd'])
})

test('what proved right for one name counts for nobody else', () => {
  const proofs = [
    { method: 'pwd', name: 'mallory' },
    { method: 'otp', name: 'alex' },
  ] as const
  expect(methodsOf(proofs, ['alex', '3f1c'])).toEqual(['otp'])
  expect(methodsOf(proofs, [])).toEqual([])
})

test('a user name counts whatever its case, and so does the object id', () => {
  const proofs = [
    { method: 'pwd', name: 'Alex' },
    { method: 'pop', name: '3f1c' },
  ] as const
  expect(methodsOf(proofs, ['alex', '3f1c'])).toEqual(['pwd', 'pop'])
})
