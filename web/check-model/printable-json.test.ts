import { expect, test } from 'vitest'
import { printableJson } from './printable-json.ts'

test('JSON is shown indented, or on one line', () => {
  const value = { journeyStatus: 'Half way', list: [1, 'a\n  b'] }
  expect(printableJson(value)).toBe(
    '{\n  "journeyStatus": "Half way",\n  "list": [\n    1,\n    "a\\n  b"\n  ]\n}',
  )
  expect(printableJson(value, true)).toBe('{ "journeyStatus": "Half way", "list": [ 1, "a\\n  b" ] }')
})

test.each([
  ['direction', 'Ver\u202Eified', '"Ver\\u202eified"'],
  ['a direction in a name', { '\u2066a': 1 }, '{ "\\u2066a": 1 }'],
  ['controls', 'a\u0000\u0007\u0085b', '"a\\u0000\\u0007\\u0085b"'],
  ['what takes no room', 'pay\u200bpal', '"pay\\u200bpal"'],
  ['what takes no room, beyond the first plane', '\u{E0041}', '"\\udb40\\udc41"'],
  ['half a character', '\ud83d', '"\\ud83d"'],
  ['line ends of other kinds', '\u2028', '"\\u2028"'],
  ['HTML as it is', '<b>😀</b>', '"<b>😀</b>"'],
])('what is not seen is written out: %s', (_case, value, shown) => {
  expect(printableJson(value, true)).toBe(shown)
})
