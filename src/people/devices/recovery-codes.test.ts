import { expect, test } from 'vitest'
import { newRecoveryCodes, useRecoveryCode } from './recovery-codes.ts'

test('makes ten different codes and keeps only their hashes', () => {
  const { codes, hashes } = newRecoveryCodes()
  expect(new Set(codes).size).toBe(10)
  for (const code of codes) {
    expect(code).toMatch(/^[A-Za-z0-9]{10}$/)
    expect(hashes.join()).not.toContain(code)
  }
})

test('accepts a code once, ignoring spaces around it, and keeps the others', () => {
  const { codes, hashes } = newRecoveryCodes()
  const [first = '', second = ''] = codes
  const left = useRecoveryCode(hashes, ` ${first}\n`) ?? []
  expect(left).toHaveLength(9)
  expect(useRecoveryCode(left, first)).toBeUndefined()
  expect(useRecoveryCode(left, second)).toHaveLength(8)
})

test.each(['', 'guess', '0'.repeat(10_000)])('rejects %s', (code) => {
  expect(useRecoveryCode(newRecoveryCodes().hashes, code)).toBeUndefined()
})
