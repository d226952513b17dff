import { expect, test } from 'vitest'
import { librariesOf } from './references.ts'

test.each([
  ['var a = require("one"); var b = require( \'two\' )', ['one', 'two']],
  ['require("one").x(); require("one").y()', ['one']],
  ['// var a = require("one")\nrequire("two")', ['two']],
  ['/* require("one")\n */ require("two") // require("three")', ['two']],
  ['var text = \'require("one")\'; var url = "https://example.com"; require("two")', ['two']],
  ["var text = 'it\\'s // no comment'; require('one')", ['one']],
  ['myrequire("one"); require(name)', []],
  ['', []],
])('%j requires %j', (source, names) => {
  expect(librariesOf(source)).toEqual(names.map((id) => ({ kind: 'library', id })))
})
