import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { createScriptEngine } from './create-script-engine.ts'
import { run } from './fixtures/script-job.ts'

const engine = createScriptEngine({ workers: 2 })
afterAll(() => engine.close())

test('five hundred concurrent scripts get their own answers from the host', async () => {
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
  // In sequence they would wait for the host for 50 s.
  expect(performance.now() - started).toBeLessThan(15_000)
})

test('a process waits for its scripts, and not for an engine that was not closed', async () => {
  const program = fileURLToPath(new URL('./fixtures/open-engine.ts', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [program], { timeout: 30_000 })
  expect(stdout).toBe('1\n')
})

test('the start of a worker does not count as time of its first script', async () => {
  const fresh = createScriptEngine({ workers: 1, limits: { cpuMs: 20, wallMs: 1 } })
  try {
    expect(await run(fresh, 'outcome = "right"')).toMatchObject({ outcome: 'right' })
  } finally {
    await fresh.close()
  }
})

test('time in which the server itself was suspended does not count', async () => {
  const fresh = createScriptEngine({ workers: 1, limits: { cpuMs: 1000, hardWallMs: 300 } })
  try {
    await run(fresh, 'outcome = "ready"')
    const running = run(fresh, 'for (var i = 0; i < 1e5; i++); outcome = "right"')
    await new Promise(setImmediate)
    // Blocks the thread with the watchdog, as a suspended process would.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500)
    expect(await running).toMatchObject({ outcome: 'right' })
  } finally {
    await fresh.close()
  }
})
