import { expect, test } from 'vitest'
import { instrument } from './instrument.ts'

/** The places of statements, and the kinds of branches with their number of ways. */
function counted(source: string) {
  const { statements, branches } = instrument(source, '$c')
  return {
    statements: statements.map(({ line, column }) => `${line}:${column}`),
    branches: branches.map(({ kind, line, counters }) => `${kind} ${line} ×${counters.length}`),
  }
}

test('keeps every line', () => {
  const source = 'if (a)\n  b()\nelse\n  c()\n\nvar d = a &&\n  b ? 1\n  : 2\n'
  const lines = instrument(source, '$c').source.split('\n')
  expect(lines).toHaveLength(source.split('\n').length)
  expect(lines[1]).toContain('b()')
  expect(lines[7]).toContain('2')
})

test.each([
  ['an expression', 'a()', ['1:1']],
  ['a declaration with a value', 'var a = 1', ['1:1']],
  ['no declaration without a value', 'var a; function f() {}', []],
  ['no directive', "'use strict'; a()", ['1:15']],
  ['the body of a loop without braces', 'for (var i = 0; i < 2; i++) a()', ['1:1', '1:29']],
  ['the statements of a function', 'function f() { a(); return 1 }', ['1:16', '1:21']],
  ['the value of an arrow function', 'f = (a) => a + 1', ['1:1', '1:12']],
  ['a loop with a label once', 'l: for (;;) break l', ['1:1', '1:13']],
  ['the parts of try', 'try { a() } catch (e) { b() } finally { c() }', ['1:1', '1:7', '1:25', '1:41']],
  ['no empty statement', ';;', []],
])('counts %s', (_what, source, places) => {
  expect(counted(source).statements).toEqual(places)
})

test.each([
  ['both ways of if', 'if (a) b()', ['if 1 ×2']],
  ['each else-if', 'if (a) b(); else if (c) d()', ['if 1 ×2', 'if 1 ×2']],
  ['a conditional expression', 'x = a ? b : c', ['conditional 1 ×2']],
  ['the operands of a logical chain', 'x = a && b || (c ?? d)', ['logical 1 ×4']],
  ['the cases of a switch', 'switch (a) { case 1: case 2: b(); default: }', ['switch 1 ×3']],
  ['no loop', 'while (a) b()', []],
])('counts %s as branches', (_what, source, branches) => {
  expect(counted(source).branches).toEqual(branches)
})

test('gives each counter an element of the array', () => {
  const { counters, statements, branches } = instrument('if (a && b) c(); else d = e ? 1 : 2', '$c')
  const used = [...statements.map(({ counter }) => counter), ...branches.flatMap((each) => each.counters)]
  expect(used.toSorted((one, other) => one - other)).toEqual(Array.from({ length: counters }, (_, at) => at))
})

test('reports syntax that the parser does not accept', () => {
  expect(() => instrument('for each (var a in b) a()', '$c')).toThrow(SyntaxError)
})

test('accepts a library that returns at its top level', () => {
  expect(counted('if (a) return; exports.b = 1').statements).toEqual(['1:1', '1:8', '1:16'])
})
