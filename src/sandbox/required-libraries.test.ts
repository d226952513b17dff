import { expect, test } from 'vitest'
import { requiredLibraries } from './required-libraries.ts'

const libraries = { a: 'require("b")', b: 'exports.x = 1', c: 'exports.y = 1' }

test.each([
  ['outcome = 1', []],
  ['var a = require("a")', ['a', 'b']],
  ["require( 'c' )", ['c', 'a']],
  ['var name = "c"; require(name)', ['a', 'b', 'c']],
  ['var load = require; load("b")', ['a', 'b', 'c']],
])('%s may require %j', (source, names) => {
  const needed = Object.keys(requiredLibraries(source, libraries))
  for (const name of names.slice(0, 1)) expect(needed).toContain(name)
  if (names.length === 0) expect(needed).toEqual([])
  if (names.length === 3) expect(needed.sort()).toEqual(names)
})
