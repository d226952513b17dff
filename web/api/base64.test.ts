import { describe, expect, it } from 'vitest'
import { fromBase64, toBase64 } from './base64.ts'

describe('sources on the wire', () => {
  it.each(['', 'action.goTo("Next")', '// Straße, 認証, 🔑', 'x'.repeat(100_000)])(
    '%# come back as they were',
    (text) => {
      expect(fromBase64(toBase64(text))).toBe(text)
    },
  )

  it('refuses what is no UTF-8', () => {
    expect(() => fromBase64('/w==')).toThrow()
  })
})
