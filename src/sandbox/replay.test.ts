import { afterAll, describe, expect, test } from 'vitest'
import { createScriptEngine } from './create-script-engine.ts'
import { run } from './fixtures/script-job.ts'
import { HostCallError, type ScriptHost } from './script-engine.ts'

const engine = createScriptEngine({ workers: 2 })
afterAll(() => engine.close())

/** Answers `openidm.read(n)` with n, and records the calls. */
function countingHost(): { host: ScriptHost; asked: unknown[] } {
  const asked: unknown[] = []
  const host: ScriptHost = async ({ args }) => {
    asked.push(args[0])
    return args[0] ?? null
  }
  return { host, asked }
}

describe('a host call looks synchronous in', () => {
  test.each<[where: string, source: string, outcome: unknown, calls: number]>([
    ['try/catch', 'try { outcome = openidm.read(1) } catch (e) { outcome = "caught" }', 1, 1],
    [
      'finally',
      'try { outcome = openidm.read(1) } finally { outcome = [outcome, openidm.read(2)] }',
      [1, 2],
      2,
    ],
    [
      'forEach',
      'var all = []; [3, 1, 2].forEach(function (n) { all.push(openidm.read(n)) }); outcome = all',
      [3, 1, 2],
      3,
    ],
    [
      'a sort comparator',
      'outcome = [2, 1].sort(function (a, b) { return openidm.read(a) - openidm.read(b) })',
      [1, 2],
      2,
    ],
    ['a getter', 'outcome = { get x() { return openidm.read(7) } }.x', 7, 1],
    ['toString', 'outcome = "" + { toString: function () { return "s" + openidm.read(7) } }', 's7', 1],
    [
      'a generator',
      'function* g() { yield openidm.read(1); yield openidm.read(2) } outcome = [...g()]',
      [1, 2],
      2,
    ],
    ['an async function', '(async () => { outcome = openidm.read(1) + (await openidm.read(2)) })()', 3, 2],
    [
      'a promise',
      'new Promise(function (ok) { ok(openidm.read(5)) }).then(function (n) { outcome = n })',
      5,
      1,
    ],
    ['a retry loop', 'while (true) { try { outcome = openidm.read(9); break } catch (e) { } }', 9, 1],
    ['twelve calls', 'outcome = 0; for (var i = 1; i <= 12; i++) outcome += openidm.read(i)', 78, 12],
  ])('in %s', async (_where, source, outcome, calls) => {
    const { host, asked } = countingHost()
    expect((await run(engine, source, {}, host)).outcome).toEqual(outcome)
    expect(asked).toHaveLength(calls)
  })
})

test('state, callbacks and log come only from the last attempt', async () => {
  const { host } = countingHost()
  const { logs, writes, callbacks } = await run(
    engine,
    `logger.info('start'); nodeState.putShared('a', openidm.read(1)); callbacksBuilder.nameCallback('n')
     openidm.read(2); logger.info('end')`,
    {},
    host,
  )
  expect(logs.map(({ message }) => message)).toEqual(['start', 'end'])
  expect(writes).toEqual([{ op: 'putShared', key: 'a', value: 1 }])
  expect(callbacks).toHaveLength(1)
})

test('random numbers and the clock are the same in every attempt, and the clock advances with each answer', async () => {
  const seen: unknown[] = []
  const host: ScriptHost = async ({ args }) => {
    seen.push(args[0])
    await new Promise((resolve) => setTimeout(resolve, 15))
    return null
  }
  const source = `var before = Date.now()
    openidm.read([Math.random(), utils.crypto.randomUUID(), before])
    openidm.read([Math.random(), new Date().getTime() > before])
    outcome = [Math.random(), Date.now() - before >= 30]`
  const [first, second] = [await run(engine, source, {}, host), await run(engine, source, {}, host)]
  expect(seen[1]).toEqual([expect.any(Number), true])
  expect(first.outcome).toEqual([expect.any(Number), true])
  expect(first.outcome).not.toEqual(second.outcome)
  expect(new Set(seen.map((args) => JSON.stringify(args))).size).toBe(4)
})

test('continues after a caught failure of the host', async () => {
  const host: ScriptHost = async ({ args }) => {
    if (args[0] === 1) throw new HostCallError('nope', 403)
    return 'fine'
  }
  const source =
    'try { openidm.read(1) } catch (e) { outcome = [e.javaException.getCode(), openidm.read(2)] }'
  expect((await run(engine, source, {}, host)).outcome).toEqual([403, 'fine'])
})

test('too many host calls end the script, even if it catches exceptions', async () => {
  const { host, asked } = countingHost()
  const source = 'for (var i = 0; i < 100; i++) try { openidm.read(i) } catch (e) {}'
  await expect(run(engine, source, {}, host)).rejects.toMatchObject({ fault: 'limit' })
  expect(asked).toHaveLength(20)
})

test('a host answer that is too large ends the script', async () => {
  const host: ScriptHost = async () => 'x'.repeat(300_000)
  await expect(run(engine, 'openidm.read(1)', {}, host)).rejects.toMatchObject({ fault: 'limit' })
})

test('counts CPU time over all attempts', async () => {
  const { host } = countingHost()
  const slow = createScriptEngine({ workers: 1, limits: { totalCpuMs: 60 } })
  const work = 'for (var n = 0; n < 400000; n++);'
  const source = `${work} for (var i = 0; i < 15; i++) openidm.read(i)`
  await expect(run(slow, source, {}, host)).rejects.toMatchObject({ fault: 'timeout' })
  await slow.close()
})
