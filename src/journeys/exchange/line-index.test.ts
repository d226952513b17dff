import { expect, test } from 'vitest'
import { isJsonObject } from '../../base/json.ts'
import { lineIndex } from './line-index.ts'

test('finds the lines of objects, members and elements', () => {
  const text = `{
  "a": 1,
  "b": { "c": true,
    "d": [
      "x", [],
      { "e": null }, "y"
    ] },
  "f":
    {}
}`
  const json = JSON.parse(text)
  const lines = lineIndex(text, json)
  expect(lines.of(json)).toBe(1)
  expect(['a', 'b', 'f', 'g'].map((key) => lines.ofMember(json, key))).toEqual([2, 3, 8, undefined])
  expect([lines.of(json.b), lines.ofMember(json.b, 'd'), lines.of(json.f)]).toEqual([3, 4, 9])
  expect([0, 1, 2, 3, 4].map((place) => lines.ofMember(json.b.d, place))).toEqual([5, 5, 6, 6, undefined])
  expect([lines.of(json.b.d[2]), lines.ofMember(json.b.d[2], 'e')]).toEqual([6, 6])
})

test('finds the second of two members with one name, as the parser does', () => {
  const text = '{\n"a": { "b": 1 },\n"a": { "b": 2 }\n}'
  const json: unknown = JSON.parse(text)
  if (!isJsonObject(json) || !isJsonObject(json.a)) throw new Error('no object')
  const found = lineIndex(text, json)
  expect([found.ofMember(json, 'a'), found.ofMember(json.a, 'b')]).toEqual([3, 3])
})
