import { expect, test } from 'vitest'
import { printableJson } from './printable-json.ts'

test('formats JSON indented or on one line', () => {
  const value = { journeyStatus: 'Half way', list: [1, 'a\n  b'] }
  expect(printableJson(value)).toBe(
    '{\n  "journeyStatus": "Half way",\n  "list": [\n    1,\n    "a\\n  b"\n  ]\n}',
  )
  expect(printableJson(value, true)).toBe('{ "journeyStatus": "Half way", "list": [ 1, "a\\n  b" ] }')
})

test.each([
  ['bidirectional characters', 'Ver\u202Eified', '"Ver\\u202eified"'],
  ['a bidirectional character in a name', { '\u2066a': 1 }, '{ "\\u2066a": 1 }'],
  ['control characters', 'a\u0000\u0007\u0085b', '"a\\u0000\\u0007\\u0085b"'],
  ['zero-width characters', 'pay\u200bpal', '"pay\\u200bpal"'],
  ['zero-width characters outside the basic plane', '\u{E0041}', '"\\udb40\\udc41"'],
  ['a lone surrogate', '\ud83d', '"\\ud83d"'],
  ['Unicode line separators', '\u2028', '"\\u2028"'],
  ['nothing in HTML', '<b>😀</b>', '"<b>😀</b>"'],
])('escapes %s', (_case, value, shown) => {
  expect(printableJson(value, true)).toBe(shown)
})
