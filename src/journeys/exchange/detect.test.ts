import { expect, test } from 'vitest'
import type { Json } from '../../base/json.ts'
import { piecesOf } from './detect.ts'
import { parseExport } from './safe-json.ts'

test.each<[Json, string]>([
  [[1, 2], 'a list of 2'],
  ['text', 'a string'],
  [7, 'a number'],
  [null, 'null'],
  [{}, 'an empty object'],
  [{ a: 1, b: 2 }, 'an object with a, b'],
  [{ a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7 }, 'an object with a, b, c, d, e and 2 more'],
  [{ trees: 7 }, 'an object with trees'],
  [{ tree: [] }, 'an object with tree'],
  [{ metadata: {}, data: 7 }, 'an object with metadata, data'],
])('describes a document that is not an export: %j', (json, described) => {
  expect(() => piecesOf(json)).toThrow(`This is not an export of journeys but ${described}`)
})

test.each([
  ['', 'This is empty'],
  ['PK\u0003\u0004…', 'This is a zip archive, not JSON: unpack it first'],
  ['{"trees": {"Login": {"tree"', 'This JSON ends in the middle: the file is cut off'],
  ['{"trees": "Log', 'This JSON ends in the middle: the file is cut off'],
  ['<html>', 'This is not JSON'],
  ['['.repeat(65) + ']'.repeat(65), 'This JSON is nested deeper than 64 levels'],
  ['[{"__proto__": {}}]', 'This JSON has a member named __proto__'],
])('explains why a text can’t be read: %s', (text, message) => {
  expect(() => parseExport(text)).toThrow(message)
})

test('ignores a byte order mark', () => {
  expect(parseExport('\uFEFF{}')).toEqual({})
})

test('quickly refuses deep nesting', () => {
  expect(() => parseExport('['.repeat(2_000_000))).toThrow(/This/)
})
