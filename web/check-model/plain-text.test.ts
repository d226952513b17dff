import { expect, test } from 'vitest'
import { plainText } from './plain-text.ts'

test.each([
  ['line ends become spaces', 'one\r\ntwo\u2028three', 'one two three'],
  ['bidirectional characters are removed', 'Reset \u202etxet\u202c\u2066x\u2069', 'Reset txetx'],
  ['control characters are removed', 'Re\u0000se\u001bt', 'Reset'],
  ['markup stays text', '<b>Reset</b>', '<b>Reset</b>'],
])('%s', (_case, text, plain) => {
  expect(plainText(text)).toBe(plain)
})

test('long texts are cut to two hundred characters', () => {
  const cut = plainText('🔑'.repeat(300))
  expect(Array.from(cut)).toHaveLength(200)
  expect(cut).toMatch(/…$/)
})
