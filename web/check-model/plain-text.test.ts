import { expect, test } from 'vitest'
import { plainText } from './plain-text.ts'

test.each([
  ['turns line ends into spaces', 'one\r\ntwo\u2028three', 'one two three'],
  ['removes bidirectional characters', 'Reset \u202etxet\u202c\u2066x\u2069', 'Reset txetx'],
  ['removes control characters', 'Re\u0000se\u001bt', 'Reset'],
  ['keeps markup as text', '<b>Reset</b>', '<b>Reset</b>'],
])('%s', (_case, text, plain) => {
  expect(plainText(text)).toBe(plain)
})

test('cuts long texts to 200 characters', () => {
  const cut = plainText('🔑'.repeat(300))
  expect(Array.from(cut)).toHaveLength(200)
  expect(cut).toMatch(/…$/)
})
