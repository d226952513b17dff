import { afterAll, expect, test } from 'vitest'
import { createScriptEngine } from './create-script-engine.ts'

const engine = createScriptEngine({ workers: 1 })
afterAll(() => engine.close())

test.each([['try { x() } catch (e if e instanceof Error) {}', 1, '`catch (e if …)` works only in Rhino']])(
  'explains %j',
  async (source, line, message) => {
    expect(await engine.check('s', source)).toMatchObject([
      { line, message: expect.stringContaining(message) },
    ])
  },
)

test.each([
  'var x = function (a) { return a',
  'var f = function (a) a + 1',
  'for (var each in [',
  'x = "for each ("\ncatch',
])('does not explain other syntax errors: %j', async (source) => {
  const [fault] = await engine.check('s', source)
  expect(fault?.message).not.toContain('Rhino')
})
