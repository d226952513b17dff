import { expect, test } from 'vitest'
import { drawCodes, readCode } from './codes.ts'

test('draws six digits, and a reverse code without similar characters', () => {
  for (let round = 0; round < 200; round++) {
    const { code, reverseCode } = drawCodes()
    expect(code).toMatch(/^\d{6}$/)
    expect(reverseCode).toMatch(/^([CDFGHJKMNPQRTVWXYZ][234679]){2}$/)
  }
})

test('draws two hundred different codes', () => {
  const drawn = Array.from({ length: 200 }, () => Object.values(drawCodes()).join(' '))
  expect(new Set(drawn).size).toBe(200)
})

test.each([
  ['402719', '402719'],
  ['402 719', '402719'],
  [' 402-719\n', '402719'],
  ['402–719', '402719'],
  ['٤٠٢٧١٩', '402719'],
  ['۴۰۲۷۱۹', '402719'],
  ['४०२७१९', '402719'],
  ['４０２７１９', '402719'],
  ['4O2719', '4O2719'],
  ['', ''],
])('%j is read as %j', (typed, read) => {
  expect(readCode(typed)).toBe(read)
})
