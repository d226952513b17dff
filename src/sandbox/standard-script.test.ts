import { afterAll, expect, test } from 'vitest'
import { maxSourceLength } from '../engine/source-length.ts'
import { createScriptEngine } from './create-script-engine.ts'
import { evaluate, run } from './fixtures/script-job.ts'
import { standardScript } from './standard-script.ts'

const engine = createScriptEngine({ workers: 1 })
afterAll(() => engine.close())

const kind = 'legacyDecision'

test.each([
  ['var all = []; for each (var x in [1, 2]) all.push(x)', 'all', [1, 2]],
  ['var all = []; for each (x in { a: 1, b: [2] }) { all.push(x) }', 'all', [1, [2]]],
  ['var all = []; for each (var x in f("in", [3])) all.push(x); function f(a, b) { return b }', 'all', [3]],
  ['var l = new java.util.ArrayList(); l.add("a"); var t = ""; for each (var x in l) t += x', 't', 'a'],
  [
    'var n = 0; for each (var x in null) n++; for\n  each (var y in [1]) for each (var z in [1, 2]) n += z',
    'n',
    3,
  ],
  [
    'var t = ""; for each (var x in ["a"]) t += x + ` for each (b in c)` + /for each (d in e)/.source',
    't',
    'a for each (b in c)for each (d in e)',
  ],
])('%s runs', async (source, expression, value) => {
  const { outcome } = await run(engine, `${source}\noutcome = ${expression}`, { kind })
  expect(outcome).toEqual(value)
  expect(await engine.check('s', source)).toEqual([])
})

test('runs in a library, and keeps line numbers', async () => {
  const libraries = { own: 'exports.f = (list) => { var n = 0; for each (var x in list) n += x; return n }' }
  expect(await evaluate(engine, 'require("own").f([1, 2])', { libraries })).toBe(3)
  await expect(run(engine, 'for each (var x in [1]) {\n}\nmissing()', { kind })).rejects.toMatchObject({
    line: 3,
  })
})

test('a script of another realm does not wait for a rewritten one: one pass, however many loops and slashes', () => {
  const loops = 'for each(a in b);'.repeat(3_000)
  expect(standardScript(loops)).toBe('for (a of $sidegateValues( b));'.repeat(3_000))
  const nested = 'for each(a in b) '.repeat(3_000)
  expect(standardScript(nested)).toBe('for (a of $sidegateValues( b)) '.repeat(3_000))
  const slashes = `for each(a in b);${'/['.repeat(20_000)}`
  expect(standardScript(slashes)).toContain('$sidegateValues')
})

test('refuses a library that is too long, without rewriting it', async () => {
  const libraries = { own: `for each(${'a'.repeat(maxSourceLength)}` }
  await expect(evaluate(engine, 'require("own")', { libraries })).rejects.toThrow(/longer than/)
})

test.each([
  'var text = "for each (x in y)"',
  '// for each (x in y)\nvar a',
  'for (var each in list) {}',
  'for each (var i = 0; i < 2; i++) {}',
  'for each (var x of list) {}',
  'for each (var x in list',
])('leaves %j as it is', (source) => {
  expect(standardScript(source)).toBe(source)
})
