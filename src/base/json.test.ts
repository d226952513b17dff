import { expect, test } from 'vitest'
import { jsonOrText } from './json.ts'

test.each([
  ['{"a":[1]}', { a: [1] }],
  ['true', true],
  ['null', null],
  ['12', 12],
  ['"12"', '12'],
  ['plain {', 'plain {'],
  ['', ''],
])('reads the text %j as %j', (text, value) => {
  expect(jsonOrText(text)).toEqual(value)
})
