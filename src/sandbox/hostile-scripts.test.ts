import { afterAll, expect, test } from 'vitest'
import { createScriptEngine } from './create-script-engine.ts'
import { hostileScripts } from './fixtures/hostile-scripts.ts'
import { pageScript, run } from './fixtures/script-job.ts'
import { ScriptError } from './script-engine.ts'

const engine = createScriptEngine({ workers: 2 })
afterAll(() => engine.close())

/** Runs a normal script, which must work whatever ran before it. */
async function expectInnocentRun(): Promise<void> {
  const { action, callbacks } = await run(engine, pageScript('user-message-to-display'), {
    kind: 'customNode',
    properties: { message: 'm' },
  })
  expect(callbacks).toEqual([{ type: 'TextOutputCallback', output: { message: 'm', messageType: '0' } }])
  expect(action).toEqual({})
}

test.each(Object.entries(hostileScripts))('ends, and the next script works: %s', async (name, source) => {
  const before = process.threadCpuUsage()
  const ended = await run(engine, source, { id: name }).catch((error: unknown) => error)
  await expectInnocentRun()
  if (ended instanceof Error) expect(ended).toBeInstanceOf(ScriptError)
  else expect(JSON.stringify(ended)).not.toContain('out"')
  // A script that blocked this thread would use its CPU time, in microseconds. Pauses of a busy machine don't.
  expect(process.threadCpuUsage(before).user).toBeLessThan(200_000)
  expect(Object.prototype).not.toHaveProperty('polluted')
})

test('runs good scripts while others hang their workers', async () => {
  const hang = run(engine, 'new Array(1e9) + "" // again', { id: 'hang' }).catch((error: unknown) => error)
  await Promise.all(Array.from({ length: 20 }, expectInnocentRun))
  expect(await hang).toMatchObject({ fault: 'timeout' })
})

test('refuses a script that was killed twice within a minute, and no other', async () => {
  const hang = 'new Array(1e9) + "" // twice'
  for (const message of ['was ended', 'was ended', 'refused for a minute']) {
    await expect(run(engine, hang, { id: 'twice' })).rejects.toThrow(message)
  }
  await expectInnocentRun()
})
