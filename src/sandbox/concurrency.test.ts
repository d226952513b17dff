import { afterAll, expect, test } from 'vitest'
import { createScriptEngine } from './create-script-engine.ts'
import { run } from './fixtures/script-job.ts'

const engine = createScriptEngine({ workers: 2 })
afterAll(() => engine.close())

test('five hundred scripts that wait for the host at once all get their own answers', async () => {
  const started = performance.now()
  const outcomes = await Promise.all(
    Array.from({ length: 500 }, async (_, n) => {
      const source =
        'var n = nodeState.get("n"); outcome = [n, openidm.read(n), openidm.read(n + 1), Math.random()]'
      const state = { shared: { n }, secure: {}, transient: {} }
      const result = await run(engine, source, { state }, async ({ args }) => {
        await new Promise((resolve) => setTimeout(resolve, 50))
        return args[0] ?? null
      })
      return result.outcome as number[]
    }),
  )
  expect(outcomes.map(([n, first, second]) => [n, first, second])).toEqual(
    Array.from({ length: 500 }, (_, n) => [n, n, n + 1]),
  )
  expect(new Set(outcomes.map(([, , , random]) => random)).size).toBe(500)
  // One after the other they would wait 50 s for the host.
  expect(performance.now() - started).toBeLessThan(15_000)
})

test('the start of a worker does not count as time of its first script', async () => {
  const fresh = createScriptEngine({ workers: 1, limits: { cpuMs: 20, wallMs: 1 } })
  try {
    expect(await run(fresh, 'outcome = "right"')).toMatchObject({ outcome: 'right' })
  } finally {
    await fresh.close()
  }
})

test('time in which the server itself was stopped does not count', async () => {
  const fresh = createScriptEngine({ workers: 1, limits: { cpuMs: 1000, hardWallMs: 300 } })
  try {
    await run(fresh, 'outcome = "ready"')
    const running = run(fresh, 'for (var i = 0; i < 1e6; i++); outcome = "right"')
    await new Promise(setImmediate)
    // As long as its process is stopped, nobody watches; and what is done by then is done.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500)
    expect(await running).toMatchObject({ outcome: 'right' })
  } finally {
    await fresh.close()
  }
})
