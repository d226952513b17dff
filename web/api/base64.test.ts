import { describe, expect, it } from 'vitest'
import { fromBase64, toBase64 } from './base64.ts'

describe('base64 of script sources', () => {
  it.each(['', 'action.goTo("Next")', '// Straße, 認証, 🔑', 'x'.repeat(100_000)])(
    'decodes to the encoded text (%#)',
    (text) => {
      expect(fromBase64(toBase64(text))).toBe(text)
    },
  )

  it('rejects bytes that are not UTF-8', () => {
    expect(() => fromBase64('/w==')).toThrow()
  })
})
