import { expect, test } from 'vitest'
import { escapeMarkup, escapeXml } from './markup.ts'

test('escapes what ends an element or a quoted attribute', () => {
  expect(escapeMarkup(`<b a="x" b='y'>&amp;`)).toBe('&lt;b a=&quot;x&quot; b=&#39;y&#39;&gt;&amp;amp;')
})

test('drops the characters that XML 1.0 can’t have', () => {
  expect(escapeXml('a\u0000b\u001b\tc\n\uffff<')).toBe('ab\tc\n&lt;')
  expect(escapeXml('\ud800')).toBe('\ufffd')
})
