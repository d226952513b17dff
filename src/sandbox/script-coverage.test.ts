import { afterAll, expect, test } from 'vitest'
import { createScriptEngine, type ScriptEngineOptions } from './create-script-engine.ts'
import { noHost, scriptJob } from './fixtures/script-job.ts'
import { type CoveredScript, type MeasuredScript, ScriptCoverage } from './script-coverage.ts'
import type { ScriptEngine, ScriptHost, ScriptJob } from './script-engine.ts'

const cover = new ScriptCoverage()
const engine = createScriptEngine({ workers: 1, cover })
const plain = createScriptEngine({ workers: 1 })
const opened: { close(): Promise<void> }[] = [engine, plain, cover]
afterAll(() => Promise.all(opened.map((each) => each.close())))

/** A measurement of its own, with these known scripts. */
function covering(scripts: MeasuredScript[], options: ScriptEngineOptions = {}) {
  const own = new ScriptCoverage(scripts)
  const covered = createScriptEngine({ workersOf: plain, cover: own, ...options })
  opened.push(covered, own)
  return { cover: own, engine: covered }
}

type Run = { source: string; changes?: Partial<ScriptJob>; host?: ScriptHost }

/** The end of a run, also of a failed one. */
function endOf(by: ScriptEngine, { source, changes, host = noHost }: Run): Promise<unknown> {
  return by.run(scriptJob(source, changes), host).catch((error: Error) => error.message)
}

/** What these runs add to the report, if no other test runs the same sources. */
async function coverageOf(...runs: Run[]): Promise<CoveredScript[]> {
  const before = await cover.report()
  for (const run of runs) await endOf(engine, run)
  return (await cover.report()).slice(before.length)
}

/** Hits by line. */
function lines({ statements }: CoveredScript | undefined = missing()): Record<number, number> {
  return Object.fromEntries(statements.map(({ line, hits }) => [line, hits]))
}

function missing(): never {
  throw new Error('the script was not measured')
}

test('counts the runs that executed a statement', async () => {
  const source =
    "if (scriptName === 'A')\n  outcome = 'a'\nelse\n  outcome = 'b'\nfor (var i = 0; i < 9; i++)\n  i"
  const runs = ['A', 'A', 'B'].map((name) => ({ source, changes: { name } }))
  const [script] = await coverageOf(...runs)
  expect(lines(script)).toEqual({ 1: 3, 2: 2, 4: 1, 5: 3, 6: 3 })
  expect(script?.branches.map(({ kind, hits }) => ({ kind, hits }))).toEqual([{ kind: 'if', hits: [2, 1] }])
  expect(script?.runs).toBe(3)
})

test('counts the way of an `if` that has no code', async () => {
  const [script] = await coverageOf({ source: 'if (scriptName) outcome = 1\nif (!scriptName) outcome = 2' })
  expect(script?.branches.map(({ hits }) => hits)).toEqual([
    [1, 0],
    [0, 1],
  ])
})

test('counts a script with host calls once, although it starts again for each answer', async () => {
  const source = 'var n = 1\nopenidm.read("a")\nn++\nopenidm.read("b")\noutcome = n'
  const [script] = await coverageOf({ source, host: async () => ({ _id: 'x' }) })
  expect(lines(script)).toEqual({ 1: 1, 2: 1, 3: 1, 4: 1, 5: 1 })
})

test('counts the statements before a host call that fails', async () => {
  const [script] = await coverageOf({ source: 'outcome = 1\nopenidm.read("a")\noutcome = 2' })
  expect(lines(script)).toEqual({ 1: 1, 2: 1, 3: 0 })
})

test('counts the statements before an exception', async () => {
  const [script] = await coverageOf({ source: 'outcome = 1\nnull.x\noutcome = 2' })
  expect(lines(script)).toEqual({ 1: 1, 2: 1, 3: 0 })
})

test('counts the statements of a script that exceeds its CPU time', async () => {
  const strict = createScriptEngine({ workersOf: plain, cover, limits: { cpuMs: 20 } })
  const before = await cover.report()
  expect(await endOf(strict, { source: 'outcome = 1\nfor (;;)\n  outcome\noutcome = 2' })).toContain(
    'CPU time',
  )
  expect(lines((await cover.report())[before.length])).toEqual({ 1: 1, 2: 1, 3: 1, 4: 0 })
})

test('has time for counters in a script that uses its CPU time', async () => {
  const source = `function count() {
  var a = 1, b = 1, c = 1, d = 1
  for (var i = 0; i < 400000; i++) { a++; b++; c++; d++ }
}
count()
outcome = 'end'`
  const most = { cpuMs: 1000, totalCpuMs: 5000 }
  const measured = createScriptEngine({ workersOf: plain, limits: most })
  const before = await cover.report()
  let runs = 0
  let end: unknown
  // On a busy machine the same work can cost much more CPU time, so a run that exceeds its time is measured again.
  while (typeof end !== 'object' && runs < 10) {
    let usedMs = 0
    await measured.run(scriptJob(source), noHost, ({ cpuMs }) => {
      usedMs = cpuMs
    })
    const limits = { ...most, cpuMs: Math.min(most.cpuMs, Math.ceil(3 * usedMs)) }
    const strict = createScriptEngine({ workersOf: plain, cover, limits })
    end = await endOf(strict, { source })
    runs++
  }
  expect(end).toMatchObject({ outcome: 'end' })
  expect(lines((await cover.report())[before.length])).toMatchObject({ 5: runs, 6: runs })
})

test('has room for counters in a script that fills its memory and its result', async () => {
  const limits = { heapBytes: 2 << 20, resultBytes: 4096 }
  const body = Array.from({ length: 400 }, (_, at) => `if (scriptName) outcome = ${at}`).join('\n')
  const filling = (kilobytes: number) =>
    `var all = 'x'.repeat(${kilobytes * 1000})\n${body}\noutcome = 'y'.repeat(3900)`
  const uncovered = createScriptEngine({ workers: 1, limits })
  const narrow = createScriptEngine({ workersOf: uncovered, cover, limits })
  opened.push(uncovered)
  let fits = 0
  for (let step = 1024; step >= 1; step /= 2) {
    const end = await endOf(uncovered, { source: filling(fits + step) })
    if (typeof end !== 'string') fits += step
  }
  expect(fits).toBeGreaterThan(500)
  const before = await cover.report()
  expect(await endOf(narrow, { source: filling(fits) })).toMatchObject({ outcome: 'y'.repeat(3900) })
  const [script] = (await cover.report()).slice(before.length)
  expect(script?.statements.filter(({ hits }) => hits !== 1)).toEqual([])
})

test('takes the way that random numbers and random bytes chose', async () => {
  const source =
    'var high = Math.random() > 0.5 && utils.crypto.randomUUID() > "8"\nif (high)\n  outcome = "high"\nelse\n  outcome = "low"'
  const before = await cover.report()
  let high = 0
  for (let run = 0; run < 20; run++)
    if ((await engine.run(scriptJob(source), noHost)).outcome === 'high') high++
  expect(lines((await cover.report())[before.length])).toMatchObject({ 3: high, 5: 20 - high })
})

test('shows nothing of itself to a script', async () => {
  const source = `
    function text() { return 1 ? 'a' : 'b' }
    var names = Object.getOwnPropertyNames(globalThis)
    var stack
    try { null.x } catch (error) { stack = error.stack }
    outcome = JSON.stringify({ text: String(text), names, stack })`
  const [seen, expected] = [await endOf(engine, { source }), await endOf(plain, { source })]
  expect(seen).toEqual(expected)
})

test('keeps the value of the last statement of a transformation', async () => {
  const source = 'var a = 1; ({ a: a }); var b = 2'
  const run = { source, changes: { kind: 'legacyTransformation' as const } }
  expect(await endOf(engine, run)).toMatchObject({ value: { a: 1 } })
})

test('counts libraries under their names, if the script loaded them', async () => {
  const libraries = {
    used: 'exports.twice = function (n) {\n  return n * 2\n}',
    spare: 'exports.x = 1',
  }
  const source = "var used = require('used')\nif (false) require('spare')\noutcome = used.twice(2)"
  const scripts = await coverageOf({ source, changes: { libraries } })
  expect(scripts.map(({ name, isLibrary }) => [name, isLibrary])).toEqual([
    ['My Script', false],
    ['used', true],
  ])
  expect(lines(scripts[1])).toEqual({ 1: 1, 2: 1 })
})

test('measures a script and a library with the same source', async () => {
  const source = "if (typeof module !== 'undefined') exports.a = 1; else require('same')"
  const scripts = await coverageOf({ source, changes: { libraries: { same: source } } })
  expect(scripts).toHaveLength(2)
  expect(scripts[0]?.runs).toBe(1)
})

test('reports known scripts that never ran', async () => {
  const { cover } = covering([{ id: 'a', name: 'A', source: 'outcome = 1' }])
  expect(await cover.report()).toMatchObject([{ id: 'a', runs: 0, statements: [{ line: 1, hits: 0 }] }])
})

test('keeps apart two known scripts with the same source', async () => {
  const source = 'outcome = 1'
  const { cover, engine } = covering([
    { id: 'a', name: 'A', source },
    { id: 'b', name: 'B', source },
  ])
  await endOf(engine, { source, changes: { id: 'a' } })
  expect((await cover.report()).map(({ id, runs }) => [id, runs])).toEqual([
    ['a', 1],
    ['b', 0],
  ])
})

test('counts a run under another id for the known script with the same source', async () => {
  const source = 'outcome = 1'
  const { cover, engine } = covering([{ id: 'a', name: 'A', source }])
  await endOf(engine, { source, changes: { id: 'trial' } })
  expect((await cover.report()).map(({ id, runs }) => [id, runs])).toEqual([['a', 1]])
})

test('keeps apart two versions of a script', async () => {
  const scripts = await coverageOf({ source: 'outcome = 1' }, { source: 'outcome = 2' })
  expect(scripts.map(({ runs }) => runs)).toEqual([1, 1])
})

test('says why a script is not measurable, and runs it', async () => {
  const [script] = await coverageOf({ source: 'try { a() } catch (e if true) {}' })
  expect(script).toMatchObject({ runs: 1, statements: [], branches: [] })
  expect(script?.problem).toContain('Unexpected token')
})

test('measures scripts that find only what the vendor’s engine has', async () => {
  const before = await cover.report()
  const vendor = createScriptEngine({ workersOf: engine, cover, isAsVendor: true })
  await endOf(vendor, { source: 'outcome = typeof Uint8Array\nif (outcome !== "undefined")\n  outcome = 0' })
  const [script] = (await cover.report()).slice(before.length)
  expect(lines(script)).toEqual({ 1: 1, 2: 1, 3: 0 })
})

test('measures engines that share their workers', async () => {
  const before = await cover.report()
  const other = createScriptEngine({ workersOf: engine, cover })
  for (const each of [engine, other]) await endOf(each, { source: "outcome = 'shared'" })
  expect((await cover.report()).slice(before.length)).toMatchObject([{ runs: 2 }])
})
