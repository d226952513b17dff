import { afterAll, describe, expect, test } from 'vitest'
import { maxSourceLength } from '../engine/source-length.ts'
import { createScriptEngine } from './create-script-engine.ts'
import { noHost, run, scriptJob } from './fixtures/script-job.ts'

const engine = createScriptEngine({ workers: 1 })
afterAll(() => engine.close())

describe('an error names the script and line', () => {
  test.each([
    ['\n\nmissing()', 'runtime', 3, 'ReferenceError: missing is not defined (My Script#3)'],
    ['function f() {\n  throw new Error("boom")\n}\nf()', 'runtime', 2, 'Error: boom (My Script#2)'],
    ['null.x', 'runtime', 1, expect.stringMatching(/^TypeError: .*\(My Script#1\)$/)],
    ['throw "text"', 'runtime', undefined, 'text (My Script)'],
    ['var x = 1\nvar y = (', 'syntax', 2, expect.stringMatching(/^SyntaxError: .*\(My Script#2\)$/)],
    ['function f() { f() }\nf()', 'runtime', expect.any(Number), expect.stringContaining('RangeError')],
    ['\nJSON.parse("{")', 'runtime', 2, expect.stringContaining('(My Script#2)')],
    ['eval("(")', 'runtime', 1, expect.stringContaining('SyntaxError')],
  ])('%j', async (source, fault, line, message) => {
    await expect(run(engine, source)).rejects.toMatchObject({ name: 'ScriptError', fault, line, message })
  })

  test('in custom nodes, and with a name that looks like a stack frame', async () => {
    const name = 'a (b:1:2) c'
    await expect(run(engine, '\nmissing()', { kind: 'customNode', name })).rejects.toMatchObject({ line: 2 })
  })
})

test('names the script that failed, even if another one has the same source', async () => {
  for (const name of ['One', 'Other', 'One']) {
    await expect(run(engine, 'missing()', { name })).rejects.toMatchObject({
      line: 1,
      message: `ReferenceError: missing is not defined (${name}#1)`,
    })
  }
})

test('keeps the log lines of a failed script', async () => {
  await expect(run(engine, 'logger.info("so far"); missing()')).rejects.toMatchObject({
    logs: [{ level: 'info', message: 'so far' }],
  })
  await expect(run(engine, 'logger.info("so far"); while (true);')).rejects.toMatchObject({
    fault: 'timeout',
    logs: [{ level: 'info', message: 'so far' }],
  })
})

test.each([
  ['a source that is too long', `outcome = 1 //${'x'.repeat(maxSourceLength)}`],
  ['a result that is too large', 'nodeState.putShared("x", "y".repeat(300000))'],
])('refuses %s', async (_what, source) => {
  await expect(run(engine, source)).rejects.toMatchObject({ fault: 'limit' })
})

test('reports a value that JSON cannot represent as an error of the script', async () => {
  await expect(run(engine, 'var a = {}; a.a = a; nodeState.putShared("a", a)')).rejects.toMatchObject({
    fault: 'runtime',
  })
  await expect(run(engine, 'outcome = 1n')).rejects.toMatchObject({ fault: 'runtime' })
})

describe('check', () => {
  test('finds the position of a syntax fault', async () => {
    expect(await engine.check('x', 'var a = 1\nvar b = ;')).toEqual([
      { line: 2, column: expect.any(Number), message: expect.any(String) },
    ])
  })

  test('runs nothing, and accepts a script that compiles', async () => {
    expect(await engine.check('x', 'while (true) { config = 1 }')).toEqual([])
    expect(await engine.check('x', '')).toEqual([])
  })

  test('refuses a source that is too long', async () => {
    expect(await engine.check('x', 'x'.repeat(maxSourceLength + 1))).toHaveLength(1)
  })
})

test('fails immediately when the queue is full', async () => {
  const small = createScriptEngine({ workers: 1, limits: { queued: 2 } })
  await small.run(scriptJob('1'), noHost)
  const runs = await Promise.allSettled(
    Array.from({ length: 10 }, () => small.run(scriptJob('outcome = 1'), noHost)),
  )
  expect(runs.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
  expect(runs.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { fault: 'busy' } })
  await small.close()
  await expect(small.run(scriptJob('1'), noHost)).rejects.toMatchObject({ fault: 'limit' })
})

test('limits stay below their ceilings', () => {
  expect(() => createScriptEngine({ limits: { cpuMs: 1_000_000 } })).toThrow('cpuMs')
  expect(() => createScriptEngine({ limits: { hostCalls: 0 } })).toThrow('hostCalls')
})
