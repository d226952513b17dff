import { expect, test } from 'vitest'
import { RequestError } from '../../base/errors.ts'
import { jsonProblem, jsonWithComments } from './json-problem.ts'
import { parseExport } from './safe-json.ts'

test.each([
  ['a missing comma', '{\n"a": 1\n"b": 2 }', 3, 'comma expected'],
  ['a trailing comma', '{ "a": 1,\n}', 2, 'property name expected'],
  ['a comment', '// secret\n{}', 1, 'invalid comment token'],
  ['a conflict of Git', '{\n<<<<<<< HEAD\n"a": 1 }', 2, 'invalid symbol'],
  ['a line break in a text', '{ "a": "secret\n" }', 1, 'unexpected end of string'],
  ['two documents', '{}\n{}', 2, 'end of file expected'],
])('names the line of %s and quotes nothing', (_case, text, line, problem) => {
  expect(jsonProblem(text)).toEqual({ line, problem })
  expect(() => parseExport(text)).toThrow(
    new RequestError(400, `This is not JSON: ${problem} in line ${line}`, { line }),
  )
})

test('names the last line of a text that is cut off', () => {
  expect(() => parseExport('{\n"a": [\n1\n\n')).toThrow(
    expect.objectContaining({ message: expect.stringContaining('cut off'), detail: { line: 3 } }),
  )
})

test('knows no line of a text that is nested too deeply', () => {
  const deep = `${'['.repeat(300_000)}x`
  expect(jsonProblem(deep)).toBeUndefined()
  expect(jsonWithComments(deep)).toBeUndefined()
  expect(() => parseExport(deep)).toThrow('This is not JSON')
})

test('parses JSON with comments and trailing commas, and nothing else', () => {
  expect(jsonWithComments('/* a */ { "a": [1,], }')).toEqual({ a: [1] })
  expect(jsonWithComments('{ "a" 1 }')).toBeUndefined()
  expect(jsonWithComments('')).toBeUndefined()
})
