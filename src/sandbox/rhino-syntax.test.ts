import { afterAll, expect, test } from 'vitest'
import { createScriptEngine } from './create-script-engine.ts'

const engine = createScriptEngine({ workers: 1 })
afterAll(() => engine.close())

test.each([
  ['var x\nfor each (var a in [1]) {}', 2, '`for each (…)` exists on Rhino alone'],
  ['try { x() } catch (e if e instanceof Error) {}', 1, '`catch (e if …)` exists on Rhino alone'],
  ['var f = function (a) a + 1', 1, 'A function without braces exists on Rhino alone'],
])('%j is named for what it is', async (source, line, message) => {
  expect(await engine.check('s', source)).toMatchObject([{ line, message: expect.stringContaining(message) }])
})

test.each(['var x = function (a) { return a', 'for (var each in [', 'x = "for each ("\ncatch'])(
  'other syntax errors keep their own words: %j',
  async (source) => {
    const [fault] = await engine.check('s', source)
    expect(fault?.message).not.toContain('Rhino')
  },
)
